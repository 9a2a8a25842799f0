import { FACTORS, type Factor, type FactorSettings } from "./factors.js";

/** A weight for each cell, in the cells' order. They sum to zero: what all cells share cancels. */
export type Contrast = readonly number[];

/**
 * The effect of one factor, or the interaction of several, as a contrast: cells that differ only in these factors, and of which
 * every combination exists, form a block. Within it a cell counts positively with an even number of the factors absent
 * and negatively with an odd one; blocks count equally.
 *
 * For one factor that is the mean of "with minus without". For two it is the effect of the one with the other, minus its effect
 * without the other: a plain difference of differences, not halved as effects of a 2^k design often are (Box, Hunter & Hunter
 * 2005, "Statistics for Experimenters", chapter 5).
 *
 * @returns undefined if no block is complete: the factors do not apply together
 */
export function contrastOf(
  factors: readonly Factor[],
  cells: readonly { readonly factors: FactorSettings }[],
): Contrast | undefined {
  const blocks = new Map<string, number[]>();
  cells.forEach((cell, i) => {
    const key = FACTORS.filter((factor) => !factors.includes(factor))
      .map((factor) => Number(cell.factors[factor]))
      .join("");
    blocks.set(key, [...(blocks.get(key) ?? []), i]);
  });
  const complete = [...blocks.values()].filter((members) => members.length === 2 ** factors.length);
  if (complete.length === 0) return undefined;
  const weights = new Array<number>(cells.length).fill(0);
  for (const i of complete.flat()) {
    const absent = factors.filter((factor) => !cells[i]?.factors[factor]).length;
    weights[i] = (absent % 2 === 0 ? 1 : -1) / complete.length;
  }
  return weights;
}

/** The effect of `factor` where `other` is there and where it is not: their difference is the interaction of the two. */
export function effectsBeside(
  factor: Factor,
  other: Factor,
  cells: readonly { readonly factors: FactorSettings }[],
): { readonly present: Contrast; readonly absent: Contrast } | undefined {
  const interaction = contrastOf([factor, other], cells);
  if (!interaction) return undefined;
  const half = (there: boolean) =>
    interaction.map((weight, i) => (cells[i]?.factors[other] === there ? (there ? weight : 0 - weight) : 0));
  return { present: half(true), absent: half(false) };
}

/** The value of a contrast on a table: the weighted sum of the cells' values. */
export function contrastValue(contrast: Contrast, values: readonly number[]): number {
  return contrast.reduce((sum, weight, i) => sum + (weight === 0 ? 0 : weight * (values[i] as number)), 0);
}

/** Main effects, then interactions of two; those that apply. */
export const EFFECTS: readonly (readonly Factor[])[] = [
  ...FACTORS.map((factor) => [factor]),
  ...FACTORS.flatMap((factor, i) => FACTORS.slice(i + 1).map((other) => [factor, other])),
];
