import { findArchitecture } from "../../architectures/index.js";
import { mean } from "../../statistics/index.js";
import { pValue, signed } from "../../text/format.js";
import type { RunRecord } from "../../training/index.js";
import { finishedOf } from "../shared/diverged.js";
import { type PairedTest, pairedTests } from "../shared/paired-tests.js";

/** How much an architecture's test loss rises from its lowest to the last epoch, in nats per pair, over rounds that did not diverge. */
export interface Rise extends PairedTest {
  readonly architecture: string;
  /** The epoch after which the mean test loss over all rounds is lowest. */
  readonly lowest: number;
  /** Mean test losses over rounds, after that epoch and after the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * Tests whether test losses rise: in each round, the loss after the last epoch minus that after the epoch at which the mean of
 * the *other* rounds is lowest. A round that took part in choosing its own epoch would show a rise where there is only noise,
 * because a lowest value is below the last one by chance too. Holm-corrected over the architectures.
 *
 * Undefined if an architecture was evaluated after only one epoch. One that diverged in a round is not tested.
 */
export function testRises(names: readonly string[], records: readonly RunRecord[], seed: number): Rise[] | undefined {
  const measured = names.map((architecture) => {
    const runs = records.filter((record) => record.architecture === architecture).toSorted((a, b) => a.seed - b.seed);
    const finished = finishedOf(runs);
    return {
      architecture,
      runs,
      finished,
      epochs: finished[0]?.epochs ?? [],
      losses: finished.map((run) => run.epochs.map(({ testLoss }) => testLoss)),
    };
  });
  if (measured.some(({ finished, epochs }) => finished.length > 0 && epochs.length < 2)) return undefined;
  const tests = pairedTests(
    measured.map(({ runs, finished, losses }) =>
      runs.map((run) => {
        const place = finished.indexOf(run);
        return place < 0 ? Number.NaN : riseOf(losses[place] as readonly number[], losses.toSpliced(place, 1));
      }),
    ),
    seed,
  );
  return measured.map(({ architecture, epochs, losses }, i) => {
    const means = meanCurve(losses);
    const lowest = lowestOf(means);
    return {
      architecture,
      ...(tests[i] as PairedTest),
      lowest: epochs[lowest]?.epoch ?? 0,
      from: means[lowest] ?? Number.NaN,
      to: means.at(-1) ?? Number.NaN,
    };
  });
}

/** The rise of one round, from where the others are lowest; a single round is compared with itself. */
function riseOf(own: readonly number[], others: readonly (readonly number[])[]): number {
  const from = lowestOf(meanCurve(others.length > 0 ? others : [own]));
  return (own.at(-1) as number) - (own[from] as number);
}

const meanCurve = (rounds: readonly (readonly number[])[]): number[] =>
  (rounds[0] ?? []).map((_, epoch) => mean(rounds.map((losses) => losses[epoch] as number)));

const lowestOf = (curve: readonly number[]): number =>
  curve.reduce((best, loss, i) => (loss < (curve[best] as number) ? i : best), 0);

/** "MLP from 0.45 after epoch 4 to 0.87, by 0.42 nats [0.38, 0.46], p < 0.001". */
export function riseInWords({ architecture, lowest, from, to, mean, diverged, ci95, pHolm }: Rise): string {
  const { title } = findArchitecture(architecture);
  if (diverged) return `${title} diverged in ${diverged === 1 ? "a round" : `${diverged} rounds`}`;
  const interval = ci95 ? ` [${ci95.map(nats).join(", ")}]` : "";
  const tested = pHolm === null ? "" : `, ${pValue(pHolm)}`;
  return `${title} from ${nats(from)} after epoch ${lowest} to ${nats(to)}, by ${nats(mean)} nats${interval}${tested}`;
}

const nats = (loss: number): string => signed(loss, 2);
