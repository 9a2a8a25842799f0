/**
 * What augmentation costs: microseconds an image by ingredient, and its share of a training step, measured in turns on one
 * thread. `npm run build && npx tsc -b bench && node dist/bench/augmentation.js`
 */
import { cpus } from "node:os";
import { Adam, augmentations, DIGIT_PAIRS, findArchitecture, Kernels, Model, pixelScale, samplePairSet } from "pairlab";
import { loadDataset, loadKernels } from "pairlab/node";
import type { Augmentation } from "../src/core/data/augmentation.js";

const [WARM_UP, COUNTED] = [10, 100];
const ARCHITECTURE = "weight-sharing-auxiliary";
const SEED = 1;

const affine = { rotation: 12, scale: 0.12, shear: 0.2, shift: 1.2 };
const elastic = { ...affine, elastic: 0.35 };
const thickness = { ...elastic, thickness: 0.6 };
const ingredients: readonly (readonly [string, Augmentation | undefined])[] = [
  ["images that stay", undefined],
  ["standardised from raw pixels", {}],
  ["rotation, scale, shear, shift, bilinear", { ...affine, resampling: "bilinear" }],
  ["rotation, scale, shear, shift, bicubic", affine],
  ["… and elastic offsets", elastic],
  ["… and thickness", thickness],
  ["… and noise: everything", { ...thickness, noise: 5 }],
  ["the preset mild", augmentations.mild],
  ["the preset strong", augmentations.strong],
];

const { train } = samplePairSet(await loadDataset(), SEED);
const scale = pixelScale(train);
const architecture = findArchitecture(ARCHITECTURE);
const { batchSize, dropout, learningRate } = architecture;

const contestants = ingredients.map(([name, augmentation]) => {
  const changing = augmentation !== undefined;
  const options = { batchSize, dropout, changing };
  const model = new Model(new Kernels(loadKernels("base")), architecture, DIGIT_PAIRS, options);
  const adam = new Adam(model.kernels, model.tensors);
  const pairs = augmentation
    ? model.loadChanging(train, scale, { augmentation, seed: SEED })
    : model.load(train, scale);
  model.initialize(SEED);
  // Images are made here, where a step does not see them.
  const room = model.kernels.allocate(DIGIT_PAIRS.height * DIGIT_PAIRS.width);
  let at = 0;
  return {
    name,
    step: () => {
      const first = at;
      model.gradient(
        pairs,
        Array.from({ length: batchSize }, (_, i) => (first + i) % pairs.count),
      );
      adam.step(learningRate);
      at += batchSize;
    },
    images: () => {
      if ("write" in pairs) for (let i = 0; i < 2 * batchSize; i++) pairs.write((at + i) % (2 * pairs.count), room, 4);
    },
    times: { step: [] as number[], images: [] as number[] },
  };
});

const clocked = (work: () => void): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};
for (let turn = -WARM_UP; turn < COUNTED; turn++)
  for (const { step, images, times } of contestants)
    for (const [what, work] of [
      ["step", step],
      ["images", images],
    ] as const) {
      const milliseconds = clocked(work);
      if (turn >= 0) times[what].push(milliseconds);
    }

console.log(`Node.js ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, base SIMD, one thread`);
console.log(
  `${ARCHITECTURE}, steps of ${batchSize} pairs; the fastest of ${COUNTED}, for what else a machine does only adds\n`,
);
console.log(`${"".padEnd(42)} µs an image  share of a step  step, ms  beside images that stay`);
const least = (times: readonly number[]) => Math.min(...times);
const staying = least(contestants[0]?.times.step ?? []);
for (const { name, times } of contestants) {
  const [step, images] = [least(times.step), least(times.images)];
  const columns = [
    ((1000 * images) / (2 * batchSize)).toFixed(2).padStart(11),
    `${((100 * images) / staying).toFixed(1)}%`.padStart(15),
    step.toFixed(3).padStart(9),
    `× ${(step / staying).toFixed(3)}`.padStart(24),
  ];
  console.log(`${name.padEnd(42)} ${columns.join(" ")}`);
}
