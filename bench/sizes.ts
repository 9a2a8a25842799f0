import { join } from "node:path";
import {
  type Architecture,
  batchNorm,
  convolution,
  findArchitecture,
  flatten,
  globalAveragePool,
  type InputSpec,
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

/** Races pairlab and PyTorch at the sizes that people's own images have, in processor time. */
export async function raceSizes(turns: number): Promise<void> {
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
  const columns: (readonly Result[])[] = [];
  for (const row of ROWS)
    await withFolder(async (folder) => {
      const { architecture } = row;
      const pairs = await pairsOf(row);
      await writePairSet(pairs, join(folder, "pairs.safetensors"));
      const task = { ...(await makeTask(architecture, pairs, folder)), clock: "processor" as const };
      columns.push(await race(contestants, task, turns, LARGE_MAPS));
    });
  const medianOf = (results: readonly Result[] | undefined, name: string): number => {
    const result = results?.find((own) => own.name === name);
    return result && "median" in result ? result.median : Number.NaN;
  };
  const rows = ROWS.map(({ title, architecture: { batchSize }, pairs }, at) => {
    const steps = pairs / batchSize;
    const of = (name: string) => medianOf(columns[at], name) / steps;
    const best = Math.min(...contestants.filter(({ name }) => name.startsWith("PyTorch")).map(({ name }) => of(name)));
    return [title, ...contestants.map(({ name }) => short(of(name))), times(best / of("pairlab base"))];
  });
  print(`\nms of processor time of a training step of 50 pairs, one thread, medians of ${turns}`);
  print(table(["", ...contestants.map(({ name }) => name), "fastest PyTorch of base"], rows, [""]));
}
