import { join } from "node:path";
import {
  type Architecture,
  batchNorm,
  convolution,
  findArchitecture,
  flatten,
  globalAveragePool,
  type InputSpec,
  InvalidRequest,
  type Layer,
  linear,
  maxPool,
  type PairSet,
  relationNamed,
  relu,
  Stream,
  samplePairSet,
} from "pairlab";
import { loadDataset } from "pairlab/node";
import { LARGE_MAPS } from "./check.js";
import { engine } from "./engine.js";
import { findPyTorch, pytorchContestants } from "./pytorch.js";
import { type Result, race } from "./race.js";
import { machine } from "./results.js";
import { print, short, table, times } from "./tables.js";
import { makeTask, SEED, withFolder, writePairSet } from "./task.js";

const block = (channels: number): Layer[] => [
  convolution(channels, 3, { padding: 1 }),
  batchNorm(),
  maxPool(2),
  relu(),
];

/** About 100,000 parameters on maps of any size; `three_by_three` in test/parity/networks.py is its twin. */
const threeByThree = (name: string): Architecture => ({
  ...findArchitecture("matching"),
  ...{ name, title: name, learningRate: 1e-3 },
  trunk: [...block(32), ...block(48), ...block(64), ...block(80), globalAveragePool(), flatten(), linear(64)],
  head: [linear(64), relu(), linear(2)],
});

const colour = (side: number): InputSpec => ({ height: side, width: side, channels: 3, classes: 10 });

const ROWS = [
  { title: "3×3 network, 28×28 grey (MNIST)", architecture: threeByThree("three-by-three-grey"), pairs: 400 },
  { title: "3×3 network, 32×32 RGB", architecture: threeByThree("three-by-three"), pairs: 400, input: colour(32) },
  { title: "3×3 network, 64×64 RGB", architecture: threeByThree("three-by-three"), pairs: 100, input: colour(64) },
  {
    title: "matching, 32×32 RGB",
    architecture: { ...findArchitecture("matching"), name: "matching-colour", learningRate: 3e-3 },
    pairs: 400,
    input: colour(32),
  },
] as const;

/** Pairs of images without a background: every pixel is drawn. Time does not depend on what they show. */
function drawnPairs(count: number, { height, width, channels, classes: classCount }: InputSpec): PairSet {
  const stream = new Stream(SEED, "training pairs");
  const byte = () => stream.bits() & 255;
  const relation = relationNamed("equal");
  const of = (pairs: number) => {
    const classes = Uint8Array.from({ length: 2 * pairs }, () => byte() % classCount);
    const images = Float32Array.from({ length: 2 * pairs * channels * height * width }, byte);
    const targets = Uint8Array.from({ length: pairs }, (_, pair) =>
      Number(relation.holds(classes[2 * pair] as number, classes[2 * pair + 1] as number)),
    );
    return { count: pairs, height, width, channels, classCount, images, classes, targets };
  };
  return { train: of(count), test: of(1), relation };
}

/** Digits as their files have them. */
async function unpooledDigits(count: number): Promise<PairSet> {
  const { train, test } = await loadDataset();
  const images = { train: { ...train, pooling: 1 as const }, test: { ...test, pooling: 1 as const } };
  return samplePairSet(images, SEED, { trainPairs: count, testPairs: 1 });
}

type Row = (typeof ROWS)[number];

const pairsOf = async (row: Row): Promise<PairSet> =>
  "input" in row ? drawnPairs(row.pairs, row.input) : await unpooledDigits(row.pairs);

/** A row by the name by which its profile is asked for: the network's, then the side of its images. */
export const sizedRow = (name: string): { architecture: Architecture; pairs(): Promise<PairSet> } | undefined => {
  const row = ROWS.find((own) => nameOf(own) === name);
  return row && { architecture: row.architecture, pairs: () => pairsOf(row) };
};
const nameOf = (row: Row): string => `${row.architecture.name}-${"input" in row ? row.input.height : 28}`;

/**
 * Races pairlab and PyTorch at the sizes that people's own images have, in processor time.
 *
 * @param names  of rows; none for all
 */
export async function raceSizes(names: readonly string[], turns: number): Promise<void> {
  const unknown = names.find((name) => !sizedRow(name));
  if (unknown !== undefined)
    throw new InvalidRequest(`nobody races ${unknown}: there are ${ROWS.map(nameOf).join(", ")}`);
  const pytorch = findPyTorch();
  const contestants = [
    engine("base", "the default: base SIMD", "base"),
    engine("relaxed", "--simd relaxed", "relaxed"),
    engine("plain", "base SIMD, every product in full by the matrix product", "base", []),
    ...(pytorch ? pytorchContestants(pytorch.python) : []),
  ];
  if (!pytorch) print("without PyTorch, which no Python here has");
  const { processor, cores, memoryGiB } = machine();
  print(`${processor}, ${cores} cores, ${memoryGiB} GiB`);
  for (const { name, settings } of contestants) print(`  ${name}: ${settings}`);
  const rows: string[][] = [];
  for (const row of ROWS.filter((own) => names.length === 0 || names.includes(nameOf(own))))
    await withFolder(async (folder) => {
      const { architecture } = row;
      const pairs = await pairsOf(row);
      await writePairSet(pairs, join(folder, "pairs.safetensors"));
      const task = { ...(await makeTask(architecture, pairs, folder)), clock: "processor" as const };
      const results = await race(contestants, task, turns, LARGE_MAPS);
      const step = (name: string) => (medianOf(results, name) * architecture.batchSize) / row.pairs;
      const best = Math.min(
        ...contestants
          .map(({ name }) => name)
          .filter(isPyTorch)
          .map(step),
      );
      rows.push([row.title, ...contestants.map(({ name }) => short(step(name))), times(best / step("pairlab base"))]);
      print(`${row.title}: ${rows.at(-1)?.at(-1)}`);
    });
  print(`\nms of processor time of a training step of 50 pairs, one thread, medians of ${turns}`);
  print(table(["", ...contestants.map(({ name }) => name), "fastest PyTorch of base"], rows, [""]));
}

const isPyTorch = (name: string): boolean => name.startsWith("PyTorch");

function medianOf(results: readonly Result[], name: string): number {
  const result = results.find((own) => own.name === name);
  return result && "median" in result ? result.median : Number.NaN;
}
