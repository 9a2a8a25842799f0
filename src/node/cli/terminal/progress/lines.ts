import { count, duration, percent } from "../../../../core/text/format.js";
import { divergedInWords } from "../../../../core/training/divergence.js";
import type { Job } from "../../../../core/training/job.js";
import type { Progress } from "./progress.js";
import { trouble } from "./trouble.js";

/** One plain line an event; epochs are events where a single run is all there is to see. */
export function linesProgress(jobs: readonly Job[], print: (line: string) => void): Progress {
  let done = 0;
  const several = new Set(jobs.map(({ config }) => config.trainPairs)).size > 1;
  return {
    show(event) {
      const line = trouble(event);
      if (line) print(line);
      if (event.kind !== "epoch" && event.kind !== "done") return;
      const { architecture, seed, config } = event.job;
      if (event.kind === "epoch" && jobs.length === 1) {
        const { epoch, result } = event.epoch;
        if (event.host !== undefined) print(`epoch ${epoch}/${config.epochs} on ${event.host}`);
        if (!result) return;
        const { trainLoss, testLoss, trainAccuracy, testAccuracy } = result;
        print(
          `epoch ${epoch}/${config.epochs}: train loss ${trainLoss.toFixed(4)}, error ${percent(1 - trainAccuracy)}; ${config.evaluateOn} loss ${testLoss.toFixed(4)}, error ${percent(1 - testAccuracy)}`,
        );
      }
      if (event.kind === "done") {
        const how = event.kept ? "kept from before" : `${duration(event.record.seconds)}${on(event.host)}`;
        const { testError, diverged } = event.record;
        const result = diverged ? divergedInWords(diverged) : `${config.evaluateOn} error ${percent(testError)}`;
        print(
          `${++done}/${jobs.length} ${architecture}${several ? `, ${count(config.trainPairs)} pairs` : ""}, seed ${seed}: ${result} (${how})`,
        );
      }
    },
    end() {},
  };
}

const on = (host: string | undefined): string => (host === undefined ? "" : ` on ${host}`);
