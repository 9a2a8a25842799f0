import {
  checkReportedSeeds,
  LADDER,
  summarizeWorth,
  type Worth,
  worthFactorTable,
  worthSentences,
} from "../../../core/experiments/index.js";
import { worthPart } from "../../report/index.js";
import { startThreads } from "../../workers/threads.js";
import type { SessionOptions } from "../options.js";
import { type RunRequest, Session } from "../session.js";
import { printJson } from "../terminal/output.js";
import { showSentences, showTable, tellReport } from "../terminal/show.js";

/** How many rounds, and which numbers of training pairs: a few minutes on two cores, or what a statement needs. */
const PRESETS = {
  quick: { rounds: 5, sizes: [125, 250, 500, 1000, 2000, 4000, 8000] },
  full: { rounds: 10, sizes: [125, 250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000] },
} as const;

export interface WorthOptions extends SessionOptions {
  readonly preset: keyof typeof PRESETS;
  readonly rounds?: number | undefined;
  readonly sizes?: readonly number[] | undefined;
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly out: string;
}

/** Every size gets the same number, which is the paper's. */
const EPOCHS = 25;
/** All of MNIST's test images, two by two. */
const MOST_TEST_PAIRS = 5000;

/** `pairlab worth`: learning curves of the ladder of networks, and what each hint is worth in training pairs. */
export async function worth(options: WorthOptions): Promise<void> {
  const preset = PRESETS[options.preset];
  const { rounds = preset.rounds, sizes = preset.sizes, epochs = EPOCHS, batchSize, seed } = options;
  checkReportedSeeds(seed, rounds);
  const runCount = rounds * sizes.length * LADDER.length;
  const threads = startThreads(Math.min(options.workers, runCount));
  await Session.with(
    options,
    { threads, reportFolder: options.out, pairNames: { trainPairs: "--sizes" } },
    async (session) => {
      const testPairs = Math.min(MOST_TEST_PAIRS, Math.max(1, Math.floor(session.dataset.test.count / 2)));
      // The longest runs first, so that no core is idle at the end.
      const runs = sizes.toReversed().flatMap((trainPairs) =>
        LADDER.toReversed().flatMap(({ architecture }) =>
          Array.from({ length: rounds }, (_, round): RunRequest => {
            const changed = {
              epochs,
              trainPairs,
              testPairs,
              evaluate: "end",
              ...(batchSize ? { batchSize } : {}),
            } as const;
            return { architecture, seed: seed + round, overrides: changed };
          }),
        ),
      );
      const records = await session.train(session.jobsOf(runs));
      const settings = { rounds, seed, sizes, epochs, testPairs, ...session.identityOf(options) };
      const summary = summarizeWorth(LADDER, records, settings);
      await session.report(options.out, await worthPart(summary, records));
      show(summary, options);
    },
  );
}

function show(summary: Worth, options: WorthOptions): void {
  if (options.json) {
    printJson(summary);
    return;
  }
  showTable(worthFactorTable(summary));
  showSentences(worthSentences(summary));
  tellReport(options, "the figure and the settings");
}
