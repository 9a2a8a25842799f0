import { type Measure, measured, type PairOfFeatures } from "./measured.js";

/** What a length counts as at least; PyTorch's default. */
const EPSILON = 1e-8;

/** f · g / (max(‖f‖, ε) · max(‖g‖, ε)). */
const cosine: Measure = {
  of: (pair) => productOf(pair) / (atLeast(lengthOf(pair, pair.first)) * atLeast(lengthOf(pair, pair.second))),
  derive(pair, factor, into) {
    const product = productOf(pair);
    const { values, first, second } = pair;
    const [ofF, ofG] = [lengthOf(pair, first), lengthOf(pair, second)];
    const each = factor / (atLeast(ofF) * atLeast(ofG));
    // A length below ε counts as ε: it changes with no element.
    const [backF, backG] = [ofF, ofG].map((length) => (length > EPSILON ? product / length / length : 0)) as [
      number,
      number,
    ];
    for (let e = 0; e < first.length; e++) {
      const [atF, atG] = [first[e] as number, second[e] as number];
      const [f, g] = [values[atF] as number, values[atG] as number];
      into[atF] = each * (g - f * backF);
      into[atG] = each * (f - g * backG);
    }
  },
};
export default measured(cosine);

const atLeast = (length: number): number => Math.max(length, EPSILON);

function productOf({ values, first, second }: PairOfFeatures): number {
  let sum = 0;
  for (let e = 0; e < first.length; e++)
    sum += (values[first[e] as number] as number) * (values[second[e] as number] as number);
  return sum;
}

function lengthOf({ values }: PairOfFeatures, places: Int32Array): number {
  let sum = 0;
  for (let e = 0; e < places.length; e++) {
    const value = values[places[e] as number] as number;
    sum += value * value;
  }
  return Math.sqrt(sum);
}
