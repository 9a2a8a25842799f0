import { pairedAnew } from "./simulated-images.js";
import { normal, type Uniform } from "./simulated-rounds.js";

/** Runs of a crossed design whose errors belong to sources of chance, to images, and to both together. */
export interface CrossedWorld {
  /** `crossedDesign(3, levels)`. */
  readonly design: readonly (readonly number[])[];
  readonly images: number;
  /** Of pairs, about images in general. */
  readonly error: number;
  /** Pairs of a run that its error is measured on: the first of all that pair the images. */
  readonly pairs: number;
}

/** An image is hard for every network, as often as that makes half of the errors: networks fail on it every other time. */
const HARD = 0.5;
/** Networks of one level of the first source fail so much more or less often on an image, each on its own. */
const OWN = 0.6;
/** Standard deviations of what a level, and a run, multiplies all its failures by. */
const LEVELS = [0.06, 0.03, 0.02] as const;
const RUN = 0.04;

/** The design, the images of each run's pairs, and what is true of the errors. */
export function crossedWorld({ design, images, error, pairs }: CrossedWorld, next: Uniform) {
  const levels = Math.round(Math.sqrt(design.length));
  const each = 1 - Math.sqrt(1 - error);
  const easy = each / 2 / (1 - each);
  const mean = each * HARD + (1 - each) * easy;
  const square = each * HARD ** 2 + (1 - each) * easy ** 2;
  const { pairs: drawn } = pairedAnew(design.length, images, next);
  const shared = LEVELS.reduce((sum, sd) => sum + sd ** 2, 0);
  // A network with the factor m fails on 2mμ − (mμ)² of all pairs; its derivative in m says what a small part of m adds.
  const slope = (2 * mean * (1 - mean)) ** 2;
  // What an image adds to a network's error over all pairs is 2(1 − μ)(its failures − μ) / images.
  const ofImages = (4 * (1 - mean) ** 2) / images;
  const all = ofImages * (square - mean ** 2);
  const alike = [ofImages * OWN ** 2 * square, 0, 0];
  const wrong = 2 * mean - mean ** 2 * (1 + shared + RUN ** 2);
  const binomial = (wrong * (1 - wrong) - slope * (shared + RUN ** 2)) / pairs;
  const truth = {
    factors: LEVELS.map((sd, i) => slope * sd ** 2 + (alike[i] as number)),
    rest: slope * RUN ** 2,
    sampling: binomial - all - (alike[0] as number),
    images: all,
  };
  /** Runs on images drawn anew: each one's levels, its error, and its verdict on each of all pairs. */
  const draw = () => {
    const effects = LEVELS.map((sd) => Float64Array.from({ length: levels }, () => sd * normal(next)));
    const fails = Float64Array.from({ length: images }, () => (next() < each ? HARD : easy));
    const own = Array.from({ length: levels }, () =>
      Float64Array.from(fails, (rate) => rate * (next() < 0.5 ? 1 - OWN : 1 + OWN)),
    );
    return design.map((at, run) => {
      const factor = at.reduce((sum, level, i) => sum + (effects[i]?.[level] as number), 1 + RUN * normal(next));
      const [tested, rates] = [drawn[run] as Uint32Array, own[at[0] as number] as Float64Array];
      const verdicts = new Uint8Array(tested.length / 2);
      let wrong = 0;
      for (let pair = 0; pair < verdicts.length; pair++) {
        const [one, other] = [rates[tested[2 * pair] as number], rates[tested[2 * pair + 1] as number]] as [
          number,
          number,
        ];
        const isWrong = Number(next() < 1 - (1 - factor * one) * (1 - factor * other));
        verdicts[pair] = isWrong;
        if (pair < pairs) wrong += isWrong;
      }
      return { levels: at, value: wrong / pairs, verdicts };
    });
  };
  return { drawn, truth, draw };
}
