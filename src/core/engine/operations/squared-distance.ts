import { type Measure, measured } from "./measured.js";

/** Σ(f − g)². */
const squaredDistance: Measure = {
  of({ values, first, second }) {
    let sum = 0;
    for (let e = 0; e < first.length; e++) {
      const apart = (values[first[e] as number] as number) - (values[second[e] as number] as number);
      sum += apart * apart;
    }
    return sum;
  },
  derive({ values, first, second }, factor, into) {
    for (let e = 0; e < first.length; e++) {
      const atF = first[e] as number;
      const atG = second[e] as number;
      const slope = 2 * factor * ((values[atF] as number) - (values[atG] as number));
      into[atF] = slope;
      into[atG] = -slope;
    }
  },
};
export default measured(squaredDistance);
