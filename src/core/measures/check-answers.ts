import { numbers, refuse } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { nounFor } from "../text/format.js";

/** @throws InvalidRequest where it is not a number from 0 to 1 for each pair, of one pair at least */
export function checkProbabilities(probabilities: ArrayLike<number>, what = "probabilities"): void {
  numbers(1)(probabilities, what);
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i] as number;
    if (!(probability >= 0 && probability <= 1)) refuse(`${what}[${i}]`, "a number from 0 to 1", probability);
  }
}

/** @throws InvalidRequest where it is not 0 or 1 for each pair, of one pair at least */
export function checkBits(bits: ArrayLike<number>, what: string): void {
  numbers(1)(bits, what);
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0 && bits[i] !== 1) refuse(`${what}[${i}]`, "0 or 1", bits[i]);
}

/** @throws InvalidRequest where the two are not of as many pairs */
export function checkSameCount(what: string, first: ArrayLike<number>, of: string, second: ArrayLike<number>): void {
  if (first.length !== second.length)
    throw new InvalidRequest(
      `${what} are of ${first.length} ${nounFor(first.length, "pair")} and ${of} of ${second.length}: give both of the same pairs`,
    );
}

/** @throws InvalidRequest where these are not probabilities and targets of the same pairs */
export function checkAnswers(probabilities: ArrayLike<number>, targets: ArrayLike<number>): void {
  checkProbabilities(probabilities);
  checkBits(targets, "targets");
  checkSameCount("probabilities", probabilities, "targets", targets);
}
