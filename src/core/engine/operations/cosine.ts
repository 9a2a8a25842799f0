import { type Measure, measured, type PairOfFeatures } from "./measured.js";

/** What a length counts as at least; PyTorch's default. */
const EPSILON = 1e-8;

/** f · g / (max(‖f‖, ε) · max(‖g‖, ε)). */
const cosine: Measure = {
  of(pair) {
    const { product, first, second } = productsOf(pair);
    return product / (atLeast(first) * atLeast(second));
  },
  derive(pair, factor, into) {
    const { product, first: ofF, second: ofG } = productsOf(pair);
    const { values, first, second } = pair;
    const each = factor / (atLeast(ofF) * atLeast(ofG));
    const [backF, backG] = [overSquare(product, ofF), overSquare(product, ofG)];
    for (let e = 0; e < first.length; e++) {
      const atF = first[e] as number;
      const atG = second[e] as number;
      const f = values[atF] as number;
      const g = values[atG] as number;
      into[atF] = each * (g - f * backF);
      into[atG] = each * (f - g * backG);
    }
  },
};
export default measured(cosine);

const atLeast = (length: number): number => Math.max(length, EPSILON);

/** A length below ε counts as ε: it changes with no element. */
const overSquare = (product: number, length: number): number => (length > EPSILON ? product / length / length : 0);

/** f · g, ‖f‖ and ‖g‖. */
function productsOf({ values, first: placesOfF, second: placesOfG }: PairOfFeatures) {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let e = 0; e < placesOfF.length; e++) {
    const f = values[placesOfF[e] as number] as number;
    const g = values[placesOfG[e] as number] as number;
    product += f * g;
    first += f * f;
    second += g * g;
  }
  return { product, first: Math.sqrt(first), second: Math.sqrt(second) };
}
