/**
 * Writes the study that the page's view Worth shows: every round's wrong pairs. `npm run build && node scripts/worth-study.js` reads them
 * from docs/figures/worth.svg, whose dots are the rounds that `pairlab worth --tuned` printed for the networks' own settings: a dot's place has
 * all digits. `node scripts/worth-study.js FILE` reads what `pairlab worth --rounds 12 --sizes 250,500,1000,2500,7500 --json` prints, which are the
 * same runs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { loadDataset } from "pairlab/node";
import { labelBits } from "../dist/core/experiments/worth/label-bits.js";
import { LADDER } from "../dist/core/experiments/worth/ladder.js";

const OUT = "src/web/views/worth/study.json";
const FIGURE = "docs/figures/worth.svg";
/** Of the figure: docs/worth.md says what its runs have, and SIZES are the marks of its axis. */
const [TEST_PAIRS, EPOCHS, SIZES] = [5000, 25, [250, 500, 1000, 2500, 7500]];

/** Pairs are counted: a count is shorter than its fraction, and exact. */
function wrongOf(error, testPairs) {
  const wrong = Math.round(error * testPairs);
  if (Math.abs(wrong - error * testPairs) > 1e-6) throw new Error(`${error} is no fraction of ${testPairs} pairs`);
  return wrong;
}

function fromReport(path) {
  const { seed, sizes, epochs, testPairs, relation, dataset, engine, curves } = JSON.parse(readFileSync(path, "utf8"));
  if (seed !== 0) throw new Error("the study is of the seeds from 0 on");
  const wrong = curves.map(({ points }) =>
    points.map(({ runs }) => runs.map(({ testError }) => wrongOf(testError, testPairs))),
  );
  const source = `npx pairlab worth --rounds ${wrong[0][0].length} --sizes ${sizes.join(",")} --json`;
  return { source, version: engine.version, dataset: dataset.sha256, relation, epochs, testPairs, sizes, wrong };
}

function fromFigure(dataset) {
  const text = readFileSync(FIGURE, "utf8");
  const panel = text.slice(0, text.indexOf("Each hint's factor"));
  const ticks = [...panel.matchAll(/<text transform="translate\(50,([\d.]+)\)"[^>]*>([\d.]+)</g)].map(
    ([, y, error]) => [Number(y), Math.log(Number(error) / 100)],
  );
  const [[y0, log0], [y1, log1]] = [ticks[0], ticks.at(-1)];
  const errorAt = (y) => Math.exp(log0 + ((y - y0) / (y1 - y0)) * (log1 - log0));
  const wrong = [...panel.matchAll(/<g fill-opacity="0.35"[^>]*>(.*?)<\/g>/gs)].map(([, dots]) => {
    const rounds = [...dots.matchAll(/cy="([\d.]+)" cx="([\d.]+)"/g)];
    const places = [...new Set(rounds.map(([, , x]) => x))];
    return places.map((place) =>
      rounds.flatMap(([, y, x]) => (x === place ? [wrongOf(errorAt(Number(y)), TEST_PAIRS)] : [])),
    );
  });
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const source = `${FIGURE}, printed by npx pairlab worth --tuned`;
  const relation = "less-or-equal";
  const { sha256 } = dataset.identity;
  return { source, version, dataset: sha256, relation, epochs: EPOCHS, testPairs: TEST_PAIRS, sizes: SIZES, wrong };
}

const dataset = await loadDataset();
const [, , path] = process.argv;
const { sizes, wrong, ...about } = path ? fromReport(path) : fromFigure(dataset);
const study = {
  ...about,
  rounds: wrong[0][0].length,
  labelBits: labelBits({ dataset }, { relation: about.relation, dataset: dataset.identity }),
  sizes,
  networks: LADDER.map((rung, i) => ({ ...rung, wrong: wrong[i] })),
};
// A line for each size.
const lines = JSON.stringify(study, null, 2).replaceAll(
  /\[\s+(\d[\d,\s]*?)\s+\]/g,
  (_, numbers) => `[${numbers.replaceAll(/\s+/g, " ")}]`,
);
writeFileSync(OUT, `${lines}\n`);
