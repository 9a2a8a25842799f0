import { expect, it } from "vitest";
import { meanOf, pairedAnew, simulatedVerdicts } from "../../../bench/simulated-images.js";
import { Stream } from "../random/streams.js";
import { standardDeviation } from "./moments.js";
import { generalInterval, roundsOfPairs, sharedVariance } from "./shared-images.js";
import { tQuantile } from "./student.js";

const [ROUNDS, IMAGES, EXPERIMENTS] = [10, 600, 400];

// `node dist/bench/general-coverage.js` has more experiments, other numbers of rounds and as many images as MNIST.
it.each(["error", "difference"] as const)(
  "holds the %s about all images in 93 to 98 of 100 experiments, which the interval over rounds does not",
  (what) => {
    const stream = new Stream(5, "initialization");
    const next = () => stream.unit();
    const design = pairedAnew(ROUNDS, IMAGES, next);
    const counted = roundsOfPairs(design.pairs);
    const t = tQuantile(0.975, ROUNDS - 1);
    const held = { these: 0, general: 0 };
    const [means, variances]: [number[], number[]] = [[], []];
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      const { truth, values } = simulatedVerdicts(design, 0.18, next)[what];
      const errors = values.map(meanOf);
      const [mean, sd] = [meanOf(errors), standardDeviation(errors) as number];
      const half = (t * sd) / Math.sqrt(ROUNDS);
      const these = [mean - half, mean + half] as const;
      const shared = sharedVariance(counted, values);
      if (!shared) throw new Error("not computed");
      const isShare = what === "error";
      const general = generalInterval({ mean, ci95: these }, shared, { rounds: ROUNDS, sd, isShare }) ?? [1, 0];
      if (these[0] <= truth && truth <= these[1]) held.these++;
      if (general[0] <= truth && truth <= general[1]) held.general++;
      means.push(mean);
      variances.push((sd * sd) / ROUNDS + shared.variance);
    }
    expect(held.general / EXPERIMENTS).toBeGreaterThanOrEqual(0.93);
    expect(held.general / EXPERIMENTS).toBeLessThanOrEqual(0.98);
    expect(held.these).toBeLessThan(held.general - EXPERIMENTS / 50);
    // The variance of the mean is known without bias; its own standard deviation over so many experiments is 7%.
    const ratio = meanOf(variances) / (standardDeviation(means) as number) ** 2;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.2);
  },
);
