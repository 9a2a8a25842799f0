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

/** `best`'s trunk, trained to name digits by Adam, without augmentation; `best_trunk` in test/parity/networks.py is its twin. */
const bestTrunk = (): Architecture => {
  const { trunk } = findArchitecture("best");
  return {
    ...findArchitecture("one-by-one"),
    name: "best-trunk",
    title: "best's trunk",
    trunk,
    head: [],
    auxiliaryWeight: 1,
  };
};

interface Row {
  readonly title: string;
  readonly architecture: Architecture;
  /** In an epoch. */
  readonly pairs: number;
  readonly side: number;
  draw(pairs: number, side: number): Promise<PairSet> | PairSet;
}

/** Digits, halved or as their files have them. */
async function digits(count: number, side: number): Promise<PairSet> {
  const { train, test } = await loadDataset();
  const pooling = side === 14 ? 2 : 1;
  const images = { train: { ...train, pooling }, test: { ...test, pooling } } as const;
  return samplePairSet(images, SEED, { trainPairs: count, testPairs: 1 });
}

const colours = (pairs: number, side: number) =>
  drawnPairs(pairs, { height: side, width: side, channels: 3, classes: 10 });

const matchingColour = { ...findArchitecture("matching"), name: "matching-colour", learningRate: 3e-3 };

const ROWS: readonly Row[] = [
  { title: "best's trunk, 14×14 grey (MNIST)", architecture: bestTrunk(), pairs: 400, side: 14, draw: digits },
  {
    title: "resnet-sharing-auxiliary, 14×14 grey (MNIST)",
    architecture: findArchitecture("resnet-sharing-auxiliary"),
    ...{ pairs: 400, side: 14, draw: digits },
  },
  {
    title: "3×3 network, 28×28 grey (MNIST)",
    architecture: threeByThree("three-by-three-grey"),
    ...{ pairs: 400, side: 28, draw: digits },
  },
  {
    title: "3×3 network, 32×32 RGB",
    architecture: threeByThree("three-by-three"),
    pairs: 400,
    side: 32,
    draw: colours,
  },
  {
    title: "3×3 network, 64×64 RGB",
    architecture: threeByThree("three-by-three"),
    pairs: 100,
    side: 64,
    draw: colours,
  },
  { title: "matching, 32×32 RGB", architecture: matchingColour, pairs: 400, side: 32, draw: colours },
];

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

const pairsOf = async ({ pairs, side, draw }: Row): Promise<PairSet> => draw(pairs, side);

/** A row by the name by which its profile is asked for: the network's, then the side of its images. */
export const sizedRow = (name: string): { architecture: Architecture; pairs(): Promise<PairSet> } | undefined => {
  const row = ROWS.find((own) => nameOf(own) === name);
  return row && { architecture: row.architecture, pairs: () => pairsOf(row) };
};
const nameOf = ({ architecture, side }: Row): string => `${architecture.name}-${side}`;

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
    engine("fused", "--simd fused", "fused"),
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
