/**
 * Draws docs/figures/augmentation.png: a digit in each row, as it is, then four times with the preset mild and four times
 * with strong. `npm run build && node scripts/augmentation-figure.js`
 */
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { augmentations, DIGIT_PAIRS, findArchitecture, Kernels, Model, samplePairSet } from "pairlab";
import { loadDataset, loadKernels } from "pairlab/node";

const [SIDE, ZOOM, GAP, TIMES, ROWS] = [14, 4, 4, 4, 8];
const CELL = SIDE * ZOOM + GAP;

const { train } = samplePairSet(await loadDataset(), 0, { trainPairs: 50 });
const kernels = new Kernels(loadKernels());
const model = new Model(kernels, findArchitecture("mlp"), DIGIT_PAIRS, { batchSize: 1 });
const made = Object.fromEntries(
  Object.entries(augmentations).map(([name, augmentation]) => [
    name,
    model.loadChanging(train, { mean: 0, deviation: 1 }, { augmentation, seed: 0 }),
  ]),
);
const room = kernels.allocate(SIDE * SIDE);
const columns = ["none", ...Array(TIMES).fill("mild"), ...Array(TIMES).fill("strong")];
const digits = Array.from({ length: ROWS }, (_, digit) => train.classes.indexOf(digit));

const width = columns.length * CELL + 2 * GAP + GAP;
const height = ROWS * CELL + GAP;
const picture = Buffer.alloc(height * (width + 1), 255);
for (let y = 0; y < height; y++) picture[y * (width + 1)] = 0;
for (const [row, image] of digits.entries())
  for (const [column, name] of columns.entries()) {
    made[name].write(image, room, 4);
    const pixels = kernels.floats(room, SIDE * SIDE);
    // A wider gap between as it is, mild and strong.
    const left = GAP + column * CELL + (column > 0 ? GAP : 0) + (column > TIMES ? GAP : 0);
    for (let y = 0; y < SIDE * ZOOM; y++)
      for (let x = 0; x < SIDE * ZOOM; x++) {
        const ink = pixels[Math.floor(y / ZOOM) * SIDE + Math.floor(x / ZOOM)];
        const at = (GAP + row * CELL + y) * (width + 1) + 1 + left + x;
        picture[at] = 255 - Math.min(Math.max(Math.round(ink), 0), 255);
      }
  }

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
const header = Buffer.alloc(13);
header.writeUInt32BE(width, 0);
header.writeUInt32BE(height, 4);
header.set([8, 0, 0, 0, 0], 8);
const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const file = Buffer.concat([
  signature,
  chunk("IHDR", header),
  chunk("IDAT", deflateSync(picture, { level: 9 })),
  chunk("IEND", Buffer.alloc(0)),
]);
writeFileSync("docs/figures/augmentation.png", file);
