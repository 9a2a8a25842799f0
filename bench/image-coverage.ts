/**
 * How often the 95% intervals of error, AUC and EER hold the truth, where pairs share images and where they do not: those that draw
 * images anew, and those that take pairs for independent.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/image-coverage.js
 */
import { auc, decisionErrors, equalErrorRate, pairIntervals, Stream } from "pairlab";
import { MEASURES, pairCoverage, SIMULATIONS } from "./simulated-pairs.js";
import { print } from "./tables.js";

const EXPERIMENTS = 2000;
const RESAMPLES = 400;

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

for (const simulation of SIMULATIONS) {
  const stream = new Stream(1, "initialization");
  const { known, unknown } = pairCoverage(
    simulation,
    {
      measure: ({ probabilities, decisions, targets }) => ({
        error: decisionErrors(decisions, targets).error,
        auc: auc(probabilities, targets),
        eer: equalErrorRate(probabilities, targets).rate,
      }),
      intervals: (answers, seed) => pairIntervals(answers, seed, { resamples: RESAMPLES }),
    },
    () => stream.unit(),
    EXPERIMENTS,
  );
  for (const name of MEASURES)
    print(`${simulation.name}, ${name}: images known ${percent(known[name])}, unknown ${percent(unknown[name])}`);
}
