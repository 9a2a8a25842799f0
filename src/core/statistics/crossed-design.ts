import { within } from "../checks.js";
import { InvalidRequest } from "../errors.js";

/** The fewest levels of a crossed design: fewer leave nothing to compare them with. */
export const FEWEST_LEVELS = 3;
export const MOST_LEVELS = 99;
/** More need as many Latin squares that are orthogonal to each other. */
export const MOST_FACTORS = 6;

/**
 * Whether levels can be crossed so for that many factors: with two and three for any number, with four for an odd one, with five and six for
 * one that neither 2 nor 3 divides, and with six for one of at least 7.
 */
export const canCross = (factors: number, levels: number): boolean =>
  factors <= 3 || (levels % 2 === 1 && (factors === 4 || (levels % 3 !== 0 && levels >= factors)));

/**
 * The runs of a crossed design, levels² of them: each run's level of each factor, from 0. Each level of a factor meets each level of
 * another in one run. It is an orthogonal array of strength 2 from Latin squares (Bose 1938): run (i, j) has the levels i, j, i + j,
 * i + 2j, i + 3j and i + 4j, modulo the number of levels.
 *
 * @throws InvalidRequest if they cannot be crossed so
 */
export function crossedDesign(factors: number, levels: number): number[][] {
  within({ least: 1, most: MOST_FACTORS, whole: true })(factors, "factors");
  within({ least: FEWEST_LEVELS, most: MOST_LEVELS, whole: true })(levels, "levels");
  if (!canCross(factors, levels))
    throw new InvalidRequest(
      `${factors} factors cannot be crossed with ${levels} levels: take ${factors === 4 ? "an odd number" : "a number that neither 2 nor 3 divides, such as 7"}`,
    );
  return Array.from({ length: levels * levels }, (_, run) => {
    const [i, j] = [Math.floor(run / levels), run % levels];
    return [i, j, i + j, i + 2 * j, i + 3 * j, i + 4 * j].slice(0, factors).map((level) => level % levels);
  });
}
