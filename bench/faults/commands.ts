import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawer } from "./draw.js";

/** A command with small settings, that can be asked for in any store. */
export interface Small {
  readonly name: string;
  /** Its share of all kills, in parts. */
  readonly parts: number;
  /** The command line with `runs` in a folder for its store, and `report` there, or elsewhere, for its report. */
  readonly in: (folder: string, report?: string) => readonly string[];
}

/** @param program  how pairlab is started @param data  from `writeData` */
export function smallCommands(program: readonly string[], data: string): Small[] {
  const small = (line: string): Small => {
    const [name = "", ...rest] = line.split(" ");
    // Two of them have two threads each, to show how threads affect each other. The others take less time.
    const isTrain = name === "train";
    const workers = name === "reproduce" || name === "compare" ? "2" : "1";
    return {
      name,
      // It takes three times as long as each of the others.
      parts: isTrain ? 1 : 3,
      in: (folder, report = join(folder, "report")) => [
        ...[...program, name, ...rest, "--json", "--data", data],
        ...["--runs", join(folder, "runs"), ...(isTrain ? [] : ["--workers", workers, "--out", report])],
      ],
    };
  };
  return [
    // The only one that is long enough for a checkpoint.
    small("train one-by-one --pairs 200 --epochs 100 --evaluate end"),
    small("reproduce --rounds 1 --epochs 1 --pairs 40"),
    small("compare mlp one-by-one --rounds 3 --epochs 1 --pairs 40"),
    small("tune mlp --trials 4 --rounds 1 --epochs 1 --pairs 40"),
    small("ablate --rounds 1 --candidates 1 --epochs 1 --pairs 40"),
    small("worth --rounds 1 --epochs 1 --sizes 20,40"),
  ];
}

const SIDE = 28;
const IMAGES = { train: 1000, t10k: 2000 } as const;

/**
 * Writes four IDX files of noise with digits for labels: reading all of MNIST would take longer than training.
 *
 * @param images  how many of each set
 */
export function writeData(folder: string, images: Readonly<Record<keyof typeof IMAGES, number>> = IMAGES): void {
  mkdirSync(folder);
  const draw = drawer(1);
  for (const [set, count] of Object.entries(images)) {
    const pictures = Buffer.alloc(16 + count * SIDE * SIDE, 0).map(() => draw(256));
    const labels = Buffer.alloc(8 + count, 0).map(() => draw(10));
    for (const [i, word] of [0x803, count, SIDE, SIDE].entries()) pictures.set(bigEndian(word), 4 * i);
    for (const [i, word] of [0x801, count].entries()) labels.set(bigEndian(word), 4 * i);
    writeFileSync(join(folder, `${set}-images-idx3-ubyte`), pictures);
    writeFileSync(join(folder, `${set}-labels-idx1-ubyte`), labels);
  }
}

const bigEndian = (word: number): number[] => [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff);

/** A JSON document without times, which depend on the machine. */
export function withoutTimes(document: string): unknown {
  return JSON.parse(document, (key, value) => (/^seconds/.test(key) ? undefined : value));
}
