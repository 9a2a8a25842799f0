import { architectures } from "../../architectures/index.js";
import { anything, fields } from "../../checks.js";
import { sentencesBlock, tableBlock } from "../../text/block.js";
import { identityOf, jobsFor, requireClasses } from "../shared/apparatus.js";
import { ROUNDS } from "../shared/context.js";
import type { Experiment } from "../shared/experiment.js";
import { questionField } from "../shared/question.js";
import { type RoundsOptions, roundRequests } from "../shared/round-requests.js";
import { checkReportedSeeds } from "../shared/tuning-seeds.js";
import { reproductionSentences } from "./beside-paper.js";
import { type Reproduction, summarizeReproduction } from "./reproduction.js";
import { paperTables } from "./tables.js";

const OPTIONS = fields({ ...ROUNDS, settings: anything }, "option");

/** Every network of the paper in every round, beside what the paper found. */
export const reproduce: Experiment<RoundsOptions, Reproduction> = {
  name: "reproduce",
  plan(options) {
    const { rounds, seed } = options;
    OPTIONS(options, "");
    checkReportedSeeds(seed, rounds);
    const names = architectures.map(({ name }) => name);
    // The longest runs of a round come first, so that none is left over at the end.
    const requests = roundRequests(
      names.toReversed().map((architecture) => ({ architecture })),
      options,
    );
    return {
      mostRuns: requests.length,
      *steps(apparatus) {
        requireClasses(apparatus, "reproduce");
        const jobs = jobsFor(apparatus, requests);
        const onTest = jobs.every(({ config }) => config.evaluateOn === "test");
        const records = yield { jobs, ...(onTest && { onAllTestPairs: true }) };
        return {
          result: summarizeReproduction(names, records, {
            rounds,
            seed,
            ...questionField(records),
            ...identityOf(apparatus),
          }),
          records,
        };
      },
    };
  },
  summary: ({ result, records }) => [
    ...paperTables(result).map(tableBlock),
    sentencesBlock(reproductionSentences(result, records)),
  ],
};
