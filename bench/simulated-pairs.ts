import type { Uniform } from "./simulated-rounds.js";

/** Which images are pairs. */
export type Design = (images: number) => readonly (readonly [number, number])[];

/** No image in two pairs. */
export const apart: Design = (images) =>
  Array.from({ length: images / 2 }, (_, pair) => [2 * pair, 2 * pair + 1] as const);

/** Each image in so many pairs, an even number. */
export const shared =
  (each: number): Design =>
  (images) =>
    Array.from({ length: images }, (_, image) => image).flatMap((image) =>
      Array.from({ length: each / 2 }, (_, step) => [image, (image + step + 1) % images] as const),
    );

/** Answers about pairs of images whose truth is known. */
export interface SimulatedAnswers {
  readonly probabilities: number[];
  readonly decisions: number[];
  readonly targets: number[];
  readonly images: number[];
}

/**
 * Answers about whether two images are of one of two kinds. Three of ten images are hard.
 *
 * @param hard  a pair is decided wrong with probability 0.05, and so much more for each hard image
 */
export function simulatedAnswers(design: Design, images: number, hard: number, next: Uniform): SimulatedAnswers {
  const isHard = Array.from({ length: images }, () => Number(next() < 0.3));
  const kind = Array.from({ length: images }, () => Number(next() < 0.5));
  const pairs = design(images);
  const targets = pairs.map(([a, b]) => Number(kind[a] === kind[b]));
  const decisions = pairs.map(([a, b], pair) => {
    const isWrong = next() < 0.05 + hard * ((isHard[a] as number) + (isHard[b] as number));
    return isWrong ? 1 - (targets[pair] as number) : (targets[pair] as number);
  });
  const probabilities = decisions.map((decision) => (decision ? 1 - next() / 2 : next() / 2));
  return { probabilities, decisions, targets, images: pairs.flat() };
}

/** What is simulated: pairs that share no image, pairs that share many and have much in common, and pairs that share few and have little. */
export const SIMULATIONS = [
  { name: "400 images in 200 pairs", design: apart, images: 400, hard: 0.2 },
  { name: "60 images in 24 pairs each", design: shared(24), images: 60, hard: 0.3 },
  { name: "120 images in 2 pairs each", design: shared(2), images: 120, hard: 0.1 },
] as const;

export type Measure = "error" | "auc" | "eer";
export const MEASURES: readonly Measure[] = ["error", "auc", "eer"];
type Values<Value> = { readonly [Name in Measure]: Value };
type Intervals = { readonly [Name in Measure]?: readonly [number, number] };

/** What intervals are tried of. */
export interface Tried {
  readonly measure: (answers: SimulatedAnswers) => Values<number>;
  readonly intervals: (
    answers: Omit<SimulatedAnswers, "images"> & Partial<SimulatedAnswers>,
    seed: number,
  ) => Intervals;
}

/** How often intervals hold what very many images have: those that know which images are the same, and those that do not. */
export function pairCoverage(
  { design, images, hard }: (typeof SIMULATIONS)[number],
  { measure, intervals }: Tried,
  next: Uniform,
  experiments: number,
): { readonly known: Values<number>; readonly unknown: Values<number> } {
  const truth = measure(simulatedAnswers(apart, 400_000, hard, next));
  const known = { error: 0, auc: 0, eer: 0 };
  const unknown = { error: 0, auc: 0, eer: 0 };
  for (let seed = 0; seed < experiments; seed++) {
    const answers = simulatedAnswers(design, images, hard, next);
    const { images: _, ...without } = answers;
    for (const [held, of] of [
      [known, answers],
      [unknown, without],
    ] as const) {
      const found = intervals(of, seed);
      for (const name of MEASURES) {
        const [low, high] = found[name] ?? [Number.NaN, Number.NaN];
        if (low <= truth[name] && truth[name] <= high) held[name]++;
      }
    }
  }
  const share = (held: Values<number>) => ({
    error: held.error / experiments,
    auc: held.auc / experiments,
    eer: held.eer / experiments,
  });
  return { known: share(known), unknown: share(unknown) };
}
