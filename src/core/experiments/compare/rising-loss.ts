import { findArchitecture } from "../../architectures/index.js";
import { holm, mean, signFlipMax } from "../../statistics/index.js";
import { standardDeviation } from "../../statistics/moments.js";
import { pValue, signed } from "../../text/format.js";
import type { RunRecord } from "../../training/index.js";
import { finishedOf } from "../shared/diverged.js";
import { type PairedTest, settled } from "../shared/paired-tests.js";

/** How much an architecture's test loss rises from its lowest to the last epoch, in nats per pair, over rounds that did not diverge. */
export interface Rise extends Pick<PairedTest, "mean" | "diverged" | "sd" | "p" | "pHolm" | "exact"> {
  readonly architecture: string;
  /** The epoch after which the mean test loss over all rounds is lowest. */
  readonly lowest: number;
  /** Mean test losses over rounds, after that epoch and after the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * Tests whether test losses rise: whether the loss after the last epoch is above that after any earlier one. The lowest of many
 * epochs is below the last one by chance too, so the test is of the largest rise over all epochs (`signFlipMax`), with the epochs
 * of a round flipped together. Its p is doubled, as other p-values are two-sided, and Holm-corrected over the architectures.
 *
 * Undefined if an architecture was evaluated after only one epoch. One that diverged in a round is not tested.
 */
export function testRises(names: readonly string[], records: readonly RunRecord[], seed: number): Rise[] | undefined {
  const measured = names.map((architecture) => {
    const runs = records.filter((record) => record.architecture === architecture).toSorted((a, b) => a.seed - b.seed);
    const finished = finishedOf(runs);
    return {
      architecture,
      diverged: runs.length - finished.length,
      epochs: finished[0]?.epochs ?? [],
      losses: finished.map((run) => run.epochs.map(({ testLoss }) => testLoss)),
    };
  });
  if (measured.some(({ losses, epochs }) => losses.length > 0 && epochs.length < 2)) return undefined;
  const tests = measured.map(({ diverged, losses }) =>
    diverged > 0 || losses.length < 2 ? undefined : signFlipMax(risesOf(losses), seed),
  );
  const doubled = tests.map((test) => (test ? Math.min(1, 2 * test.p) : Number.NaN));
  const corrected = holm(doubled);
  return measured.map(({ architecture, diverged, epochs, losses }, i) => {
    const means = meanCurve(losses);
    const lowest = lowestOf(means);
    const rises = losses.map((own) => settled((own.at(-1) as number) - (own[lowest] as number)));
    const test = tests[i];
    return {
      architecture,
      mean: rises.length > 0 ? settled(mean(rises)) : Number.NaN,
      ...(diverged > 0 && { diverged }),
      sd: test ? (standardDeviation(rises) ?? null) : null,
      p: test ? (doubled[i] as number) : null,
      pHolm: test ? (corrected[i] as number) : null,
      exact: test?.exact ?? null,
      lowest: epochs[lowest]?.epoch ?? 0,
      from: means[lowest] ?? Number.NaN,
      to: means.at(-1) ?? Number.NaN,
    };
  });
}

/** For each epoch but the last, how much the loss of each round is higher after the last. */
const risesOf = (losses: readonly (readonly number[])[]): number[][] =>
  (losses[0] ?? [])
    .slice(0, -1)
    .map((_, epoch) => losses.map((own) => (own.at(-1) as number) - (own[epoch] as number)));

const meanCurve = (rounds: readonly (readonly number[])[]): number[] =>
  (rounds[0] ?? []).map((_, epoch) => mean(rounds.map((losses) => losses[epoch] as number)));

const lowestOf = (curve: readonly number[]): number =>
  curve.reduce((best, loss, i) => (loss < (curve[best] as number) ? i : best), 0);

/** "MLP from 0.45 after epoch 4 to 0.87, by 0.42 nats, p < 0.001". */
export function riseInWords({ architecture, lowest, from, to, mean, diverged, pHolm }: Rise): string {
  const { title } = findArchitecture(architecture);
  if (diverged) return `${title} diverged in ${diverged === 1 ? "a round" : `${diverged} rounds`}`;
  const tested = pHolm === null ? "" : `, ${pValue(pHolm)}`;
  return `${title} from ${nats(from)} after epoch ${lowest} to ${nats(to)}, by ${nats(mean)} nats${tested}`;
}

const nats = (loss: number): string => signed(loss, 2);
