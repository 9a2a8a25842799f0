import { counting, within } from "../checks.js";

const PROBABILITY = within({ least: 0, most: 1 });

/**
 * Student's t quantile: the t below which `probability` of the distribution with `degrees` degrees of freedom lies, by
 * bisection. ±Infinity at 1 and 0. Only +, −, ×, ÷ and square roots, so that every machine gets the same bits. Relative error
 * below 1e-12 for probabilities from 0.001 to 0.999.
 *
 * @param degrees  a whole number, 1 or more
 * @throws InvalidRequest if they are not, or if `probability` is not a probability
 */
export function tQuantile(probability: number, degrees: number): number {
  counting(degrees, "degrees");
  if (Number.isNaN(probability)) return probability;
  PROBABILITY(probability, "probability");
  if (probability < 0.5) return -tQuantile(1 - probability, degrees);
  if (probability >= 1) return Infinity;
  const within = 2 * probability - 1;
  let [low, high] = [0, 1];
  while (shareWithin(high, degrees) < within) [low, high] = [high, 2 * high];
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (shareWithin(middle, degrees) < within) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability of values between −t and t: Abramowitz & Stegun (1964), 26.7.3 and 26.7.4. */
function shareWithin(t: number, degrees: number): number {
  const radius = Math.sqrt(degrees + t * t);
  const sine = t / radius;
  const cosine = Math.sqrt(degrees) / radius;
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle(sine, cosine) + sine * sum) : sine * sum;
}

/** The angle between 0 and π/2 of this sine and cosine: tangents of its half, quarter … 32nd, and their series. */
function angle(sine: number, cosine: number): number {
  let tangent = sine / (1 + cosine);
  for (let halving = 0; halving < 4; halving++) tangent /= 1 + Math.sqrt(1 + tangent * tangent);
  let power = tangent;
  let sum = tangent;
  for (let k = 3; sum + power / k !== sum; k += 2) {
    power *= -tangent * tangent;
    sum += power / k;
  }
  return 32 * sum;
}
