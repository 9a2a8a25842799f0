import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { loadDataset } from "../../src/node/data/load-dataset.js";
import { readGzip } from "../gzip.js";
import { imagesAndLabels, readIdx } from "../idx.js";
import { joined, mutateBytes } from "../mutate.js";
import { attemptLater, decode, encode, type Part, require, same } from "../part.js";
import type { Random } from "../random.js";

const ROLES = [
  ["train-images", "idx3-ubyte"],
  ["train-labels", "idx1-ubyte"],
  ["t10k-images", "idx3-ubyte"],
  ["t10k-labels", "idx1-ubyte"],
] as const;

/** A folder's files by their names, in base64; null for a folder of that name. */
type Files = Readonly<Record<string, string | null>>;

/** A folder of four files as `--data` reads it: names, gzip and IDX. */
export const dataFilesPart: Part = {
  name: "--data",
  weight: 3,
  async open(folder) {
    const data = join(folder, "data");
    return {
      make: (random) => encode(JSON.stringify(makeFiles(random))),
      async check(input) {
        const files = JSON.parse(decode(input)) as Files;
        await rm(data, { recursive: true, force: true });
        await mkdir(data);
        for (const [name, content] of Object.entries(files))
          if (content === null) await mkdir(join(data, name));
          else await writeFile(join(data, name), Buffer.from(content, "base64"));
        const read = await attemptLater(() => loadDataset(data));
        const due = expected(files);
        require((read === undefined) === (due === undefined), read
          ? "taken, though it is none"
          : "refused, though it is one");
        if (!read || !due) return "refused";
        require(same({ ...read.train }, due.train) && same({ ...read.test }, due.test), "other images than there are");
        return "accepted";
      },
    };
  },
};

function makeFiles(random: Random): Files {
  // A file is read in parts of 256 KiB.
  const [height, width] = random.chance(0.005) ? [300, 300] : [2 + random.below(3), 2 + random.below(3)];
  const [train, test] = [imagesAndLabels(random, height, width), imagesAndLabels(random, height, width)];
  const contents = [train.images, train.labels, test.images, test.labels];
  const damaged = random.chance(0.6) ? random.below(4) : -1;
  const files: Record<string, string | null> = {};
  ROLES.forEach(([name, kind], i) => {
    let bytes = contents[i] as Uint8Array;
    if (i === damaged && random.chance(0.4)) bytes = mutateBytes(random, bytes);
    const zipped = random.chance(0.5);
    if (zipped) bytes = zip(random, bytes);
    if (i === damaged && random.chance(0.5)) bytes = mutateBytes(random, bytes);
    const [dash, dot] = [`${name}-${kind}`, `${name}.${kind}`];
    const chosen = random.chance(0.3) ? dot : dash;
    if (random.chance(0.05)) files[dash] = null;
    const right = zipped ? `${chosen}.gz` : chosen;
    if (files[right] === undefined)
      files[i === damaged && random.chance(0.1) ? right.replace(/[a-z]/, "x") : right] =
        Buffer.from(bytes).toString("base64");
    if (random.chance(0.05)) files[`${dot}.gz`] ??= "";
  });
  return files;
}

/** One member or several, with zeros or something else behind. */
function zip(random: Random, bytes: Uint8Array): Uint8Array {
  const cut = random.chance(0.3) ? random.below(bytes.length + 1) : bytes.length;
  const members = [gzipSync(bytes.subarray(0, cut), { level: random.below(10) })];
  if (cut < bytes.length || random.chance(0.05)) members.push(gzipSync(bytes.subarray(cut)));
  if (random.chance(0.1)) members.push(Buffer.alloc(1 + random.below(20)));
  if (random.chance(0.05)) members.push(Buffer.from(random.bytes(1 + random.below(20))));
  return joined(...members);
}

/** What is to be read of a folder; undefined where it is to be refused. */
function expected(files: Files) {
  const [trainImages, trainLabels, testImages, testLabels] = ROLES.map(([name, kind]) => {
    const names = ["-", "."].flatMap((between) => ["", ".gz"].map((end) => `${name}${between}${kind}${end}`));
    const found = names.find((each) => typeof files[each] === "string");
    if (found === undefined) return undefined;
    const bytes = new Uint8Array(Buffer.from(files[found] as string, "base64"));
    return found.endsWith(".gz") ? readGzip(bytes) : bytes;
  });
  if (!trainImages || !trainLabels || !testImages || !testLabels) return undefined;
  const [train, test] = [readIdx(trainImages, trainLabels), readIdx(testImages, testLabels)];
  if (!train || !test || train.height !== test.height || train.width !== test.width) return undefined;
  const isFlat = train.pixels.length > 0 && train.pixels.every((pixel) => pixel === train.pixels[0]);
  return isFlat ? undefined : { train, test };
}
