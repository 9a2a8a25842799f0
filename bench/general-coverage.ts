/**
 * How often 95% intervals hold a mean about images in general, by simulation: those over rounds, which are about the test images that there
 * are, and those in general; and for comparison those of a bootstrap that draws rounds and images.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/general-coverage.js
 */
import { type Interval, roundsOfPairs, Stream } from "pairlab";
import { bothIntervals } from "./both-intervals.js";
import { pairedAnew, pigeonholeInterval, simulatedVerdicts } from "./simulated-images.js";
import { print } from "./tables.js";

const ERRORS = [0.007, 0.03, 0.18];
const ROUNDS = [3, 5, 10, 30];
/** MNIST's test images, and fewer. */
const SIZES = [
  { images: 10_000, experiments: 200 },
  { images: 2000, experiments: 1000 },
];
const DRAWN = { images: 2000, rounds: 10, experiments: 200, resamples: 200 };

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const points = (width: number): string => `${(100 * width).toFixed(2)} pt`;
const holds = ([low, high]: Interval, truth: number): number => Number(low <= truth && truth <= high);

for (const { images, experiments } of SIZES)
  for (const error of ERRORS)
    for (const rounds of ROUNDS) {
      const stream = new Stream(rounds, "initialization");
      const next = () => stream.unit();
      const drawnRounds = pairedAnew(rounds, images, next);
      const design = { ...drawnRounds, counted: roundsOfPairs(drawnRounds.pairs) };
      const held = { error: [0, 0], difference: [0, 0] };
      let withDifference = 0;
      for (let seed = 0; seed < experiments; seed++) {
        const drawn = simulatedVerdicts(design, error, next);
        for (const what of ["error", "difference"] as const) {
          const { values, truth } = drawn[what];
          const both = bothIntervals(design, values, { isShare: what === "error" }, seed);
          if (!both) continue;
          if (what === "difference") withDifference++;
          held[what] = [both.these, both.general].map(
            (interval, i) => (held[what][i] as number) + holds(interval, truth),
          );
        }
      }
      const own = held.error.map((count) => percent(count / experiments));
      const apart = held.difference.map((count) => (withDifference > 0 ? percent(count / withDifference) : "–"));
      print(
        `${images} images, error ${percent(error)}, ${rounds} rounds: these images ${own[0]}, in general ${own[1]}; difference, these images ${apart[0]}, in general ${apart[1]}`,
      );
    }

for (const error of ERRORS) {
  const { images, rounds, experiments, resamples } = DRAWN;
  const stream = new Stream(rounds, "initialization");
  const next = () => stream.unit();
  const drawnRounds = pairedAnew(rounds, images, next);
  const design = { ...drawnRounds, counted: roundsOfPairs(drawnRounds.pairs) };
  let [held, width, ownHeld, ownWidth] = [0, 0, 0, 0];
  for (let seed = 0; seed < experiments; seed++) {
    const { values, truth } = simulatedVerdicts(design, error, next).error;
    const drawn = pigeonholeInterval(design, values, next, resamples);
    const general = bothIntervals(design, values, { isShare: true }, seed)?.general as Interval;
    held += holds(drawn, truth);
    width += drawn[1] - drawn[0];
    ownHeld += holds(general, truth);
    ownWidth += general[1] - general[0];
  }
  const [share, own] = [held, ownHeld].map((count) => percent(count / experiments));
  print(
    `${images} images, error ${percent(error)}, ${rounds} rounds: rounds and images drawn ${share}, ${points(width / experiments)} wide; in general ${own}, ${points(ownWidth / experiments)} wide`,
  );
}
