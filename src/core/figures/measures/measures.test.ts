import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { finish, smallJob, startJob, stripes } from "../../../../test/support/jobs.js";
import { newKernels } from "../../../../test/support/kernels.js";
import { measureRun, type PairMeasures } from "../../inspection/index.js";
import { pairsToMeasure } from "../../inspection/measure-run.js";
import { answersSvg, worstPairsSvg } from "../index.js";

const { document } = parseHTML("<!doctype html><html></html>");

const run = finish(startJob(smallJob("weight-sharing-auxiliary", { epochs: 3, trainPairs: 60 })));
const pairs = pairsToMeasure(run.record, { train: stripes, test: stripes });
const measures = measureRun(run, pairs, newKernels(), { resamples: 100, worst: 6 });

test("the ROC curve and the reliability diagram of a run", async () => {
  await expect(answersSvg(measures, document)).toMatchFileSnapshot("../snapshots/answers.svg");
});

test("a single bin is one, in words too", () => {
  const [bin] = measures.calibration.bins;
  if (!bin) throw new Error("no bin");
  const one = { ...measures, calibration: { ...measures.calibration, bins: [bin] } };
  expect(answersSvg(one, document)).toContain("shares of yes: 1 bin of about<");
});

test("the worst pairs with their pixels", async () => {
  const svg = worstPairsSvg(pairs.test, measures.worst);
  await expect(svg).toMatchFileSnapshot("../snapshots/worst-pairs.svg");
  expect(svg.match(/right: (yes|no), given/g)?.length).toBe(6);
});

test("pairs with one right answer have no curve, and say so", () => {
  const one: PairMeasures = {
    ...measures,
    auc: { value: Number.NaN, ci95: null },
    eer: { value: Number.NaN, ci95: null, threshold: Number.NaN },
    roc: [],
  };
  const svg = answersSvg(one, document);
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(svg).toContain("all pairs have the same right answer");
});

test("colours are shown as they were before the background was taken off, and names are escaped", () => {
  const images = Float32Array.of(-10, 0, 5, 245, 0, 0, -10, -10, 0, 0, 0, 0);
  const tiny = {
    ...{ count: 1, height: 1, width: 2, channels: 3, classCount: 2, images, background: [10, 10, 10] },
    ...{ classes: Uint8Array.of(0, 1), targets: Uint8Array.of(0) },
  };
  const mistake = { pair: 0, classes: [0, 1], holds: false, probability: 0.25 } as const;
  const svg = worstPairsSvg(tiny, [mistake], (each) => `<${each}>`);
  expect(svg).toContain('<path fill="#000f0a" d="M0,0h1v1h-1z"/><path fill="#0aff0a" d="M1,0h1v1h-1z"/>');
  expect(svg).toContain("&lt;0&gt;, &lt;1&gt;");
  expect(worstPairsSvg(tiny, [])).toContain("No pair is decided wrong");
});
