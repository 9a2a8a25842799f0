/**
 * Writes the study that the page's view Worth shows, from the JSON of the command that trained it:
 * `npm run build && npx pairlab worth --rounds 12 --sizes 250,500,1000,2500,7500 --json | node scripts/worth-study.js`. These are the runs that
 * `pairlab worth --tuned` has with the networks' own settings: docs/worth.md has their means and factors.
 */
import { readFileSync, writeFileSync } from "node:fs";

const OUT = "src/web/views/worth/study.json";

const { rounds, seed, sizes, epochs, testPairs, labelBits, relation, dataset, engine, curves, hints } = JSON.parse(
  readFileSync(0, "utf8"),
);
if (seed !== 0 || dataset.name !== "MNIST") throw new Error("the study is of MNIST's digits, from seed 0 on");

/** Pairs are counted: a count is shorter than its fraction, and exact. */
function wrongOf({ testError }) {
  const wrong = Math.round(testError * testPairs);
  if (wrong / testPairs !== testError) throw new Error(`${testError} is no fraction of ${testPairs} pairs`);
  return wrong;
}

const study = {
  command: `npx pairlab worth --rounds ${rounds} --sizes ${sizes.join(",")}`,
  version: engine.version,
  dataset: dataset.sha256,
  relation,
  rounds,
  epochs,
  testPairs,
  labelBits,
  sizes,
  networks: curves.map(({ architecture, title, points }) => {
    const hint = hints.find((each) => each.with === architecture)?.hint;
    return { architecture, title, ...(hint && { hint }), wrong: points.map(({ runs }) => runs.map(wrongOf)) };
  }),
};
// A line for each size.
const lines = JSON.stringify(study, null, 2).replaceAll(/\[\s+(\d[\d,\s]*?)\s+\]/g, (_, numbers) => {
  return `[${numbers.replaceAll(/\s+/g, " ")}]`;
});
writeFileSync(OUT, `${lines}\n`);
