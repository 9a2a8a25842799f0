import { duration, findArchitecture, percent, type RunRecord } from "../../core/index.js";
import { trainingCommand } from "./options.js";
import { print, printJson } from "./output.js";
import { openSession, overridesOf, trainSession } from "./session.js";

export const trainCommand = () =>
  trainingCommand("train")
    .description("one run")
    .argument("<architecture>", "see pairlab architectures")
    .action(async (architecture, options) => {
      findArchitecture(architecture);
      const run = { architecture, seed: options.seed, overrides: overridesOf(options) };
      const session = await openSession(options, [run]);
      const [record] = await trainSession(session, options);
      if (options.json) printJson(record);
      else print(describe(record as RunRecord, options.runs));
    });

function describe(
  { id, architecture, seed, config, trainError, testError, seconds, weightsSha256 }: RunRecord,
  runs: string,
): string {
  return [
    `${architecture}, seed ${seed}: test error ${percent(testError)}, train error ${percent(trainError)} after ${config.epochs} epoch${config.epochs === 1 ? "" : "s"} (${duration(seconds)})`,
    `run ${id} in ${runs}/, weights' SHA-256 ${weightsSha256}`,
  ].join("\n");
}
