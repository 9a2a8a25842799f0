import { fields, listOf, optional, refuse, within } from "../../checks.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import { sentencesBlock, tableBlock } from "../../text/block.js";
import { identityOf, jobsFor, measuredPairs, type RunRequest, requireClasses } from "../shared/apparatus.js";
import type { Experiment } from "../shared/experiment.js";
import type { Preset } from "../shared/presets.js";
import { type PairQuestion, PRESET_OPTIONS, questionField, questionSettings } from "../shared/question.js";
import { checkReportedSeeds } from "../shared/tuning-seeds.js";
import { LADDER } from "./ladder.js";
import { worthSentences } from "./sentences.js";
import { worthFactorTable } from "./tables.js";
import { summarizeWorth, type Worth } from "./worth.js";

/** An option that is missing comes from the preset, or from each network. */
export interface WorthOptions extends PairQuestion {
  /** Default: quick. */
  readonly preset?: Preset | undefined;
  readonly rounds?: number | undefined;
  /** Of the first round. */
  readonly seed: number;
  /** Numbers of training pairs, at least two, ascending. */
  readonly sizes?: readonly number[] | undefined;
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
}

/** How many rounds, and which numbers of training pairs: a few minutes on two cores, or what a statement needs. */
const PRESETS = {
  quick: { rounds: 5, sizes: [125, 250, 500, 1000, 2000, 4000, 8000] },
  full: { rounds: 10, sizes: [125, 250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000] },
} as const;

/** Every size gets the same number, which is the paper's. */
const EPOCHS = 25;
/** All of MNIST's test images, two by two. */
const MOST_TEST_PAIRS = 5000;

const OPTIONS = fields(
  {
    sizes: optional((sizes, what) => {
      listOf(within(SETTING_LIMITS.trainPairs))(sizes, what);
      const given = sizes as readonly number[];
      if (given.length < 2 || given.some((size, i) => i > 0 && size <= (given[i - 1] as number)))
        refuse(what, "two or more numbers, each larger than the one before", sizes);
    }),
    ...PRESET_OPTIONS,
  },
  "option",
);

/** Learning curves of a ladder of networks, and what each of its hints is worth in training pairs. */
export const worth: Experiment<WorthOptions, Worth> = {
  name: "worth",
  plan(options) {
    OPTIONS(options, "");
    const preset = PRESETS[options.preset ?? "quick"];
    const { rounds = preset.rounds, sizes = preset.sizes, epochs = EPOCHS, batchSize, seed } = options;
    checkReportedSeeds(seed, rounds);
    return {
      mostRuns: rounds * sizes.length * LADDER.length,
      *steps(apparatus) {
        requireClasses(apparatus, "worth");
        const given = { ...(batchSize && { batchSize }), ...questionSettings(options) };
        const seeds = Array.from({ length: rounds }, (_, round) => seed + round);
        const testPairs = measuredPairs(MOST_TEST_PAIRS, given, seeds, apparatus);
        const shared = { epochs, testPairs, evaluate: "end", ...given } as const;
        // The longest runs first, so that no core is idle at the end.
        const requests = sizes
          .toReversed()
          .flatMap((trainPairs) =>
            LADDER.toReversed().flatMap(({ architecture }) =>
              Array.from(
                { length: rounds },
                (_, round): RunRequest => ({ architecture, seed: seed + round, overrides: { ...shared, trainPairs } }),
              ),
            ),
          );
        const records = yield { jobs: jobsFor(apparatus, requests), onAllTestPairs: true };
        const settings = {
          rounds,
          seed,
          ...questionField(records),
          sizes,
          epochs,
          testPairs,
          ...identityOf(apparatus),
        };
        return { result: summarizeWorth(LADDER, records, settings), records };
      },
    };
  },
  summary: ({ result }) => [tableBlock(worthFactorTable(result)), sentencesBlock(worthSentences(result))],
};
