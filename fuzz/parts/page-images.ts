import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { relationName } from "../../src/core/data/relations.js";
import { isSiteManifest } from "../../src/site/site-manifest.js";
import { addNetworks } from "../../src/web/address/networks.js";
import { loadFile } from "../../src/web/images/files.js";
import { readGzip } from "../gzip.js";
import { joined, mutateBytes, mutateText } from "../mutate.js";
import { attempt, decode, encode, type Part, require, requireLine, same } from "../part.js";

const CONTENT = Uint8Array.from({ length: 3000 }, (_, i) => (i * i) % 251);
const ZIPPED = new Uint8Array(gzipSync(CONTENT));
const FILE = {
  role: "train images",
  name: "train-images-idx3-ubyte",
  path: "data/train-images-idx3-ubyte.gz",
  bytes: ZIPPED.length,
  size: CONTENT.length,
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
} as const;
const ROLES = ["train images", "train labels", "test images", "test labels"];
const FIRST = {
  ...FILE,
  ...{ name: "first-pairs", path: "data/first-pairs.gz", size: 70 },
  ...{ seed: 0, trainPairs: 3, testPairs: 2, height: 2, width: 3 },
};
const SITE = JSON.stringify({
  version: "0.1.0",
  dataset: { name: "MNIST", files: ROLES.map((role) => ({ ...FILE, role })), first: FIRST },
  architectures: [{ name: "mine", head: [{ kind: "flatten" }, { kind: "linear", features: 2 }] }],
  relation: "less",
  runs: null,
});

const FLAGS = {
  files: [
    { ...FILE, role: "all images", size: 20 + 6 * 3 * 8 * 9 * 2 },
    { ...FILE, role: "all labels", size: 8 + 6 },
  ],
  images: {
    ...{ sha256: FILE.sha256, height: 8, width: 9, channels: 3, bits: 16, pooling: 1, classes: 2 },
    ...{ names: ["ad", "ae"], values: [0, 1], background: [255, 0, 7], fit: "pad", options: ["--size 8x9"] },
    splits: [{ name: "all", count: 6 }],
  },
};
const DESCRIBED = JSON.stringify({ version: "0.1.0", dataset: { name: "flags", ...FLAGS }, runs: "api/runs" });

const LISTED = JSON.stringify({
  version: "0.1.0",
  dataset: {
    name: "pairs.csv",
    files: [...FLAGS.files, { ...FILE, role: "listed pairs", size: 12 + 7 * 3 * 4 }],
    images: {
      ...FLAGS.images,
      listed: { relation: "listed-match", share: 0.25, pairs: { training: 4, validation: 1, test: 2 } },
    },
  },
  runs: "api/runs",
});

/** What a site sends the page: its manifest, and images. */
export const pageImagesPart: Part = {
  name: "page's files",
  weight: 1,
  open: async () => ({
    make(random) {
      if (random.chance(0.3)) return encode(`{${mutateText(random, random.pick([SITE, DESCRIBED, LISTED])).slice(1)}`);
      const body = random.chance(0.8) ? ZIPPED : CONTENT;
      if (random.chance(0.05)) return body;
      if (random.chance(0.02)) return new Uint8Array(gzipSync(new Uint8Array(2 ** 24)));
      return random.chance(0.1) ? joined(body, body) : mutateBytes(random, body);
    },
    async check(input) {
      if (input[0] === 0x7b) return checkManifest(decode(input));
      const source = { root: "http://pairlab.test/", fetch: async () => new Response(Uint8Array.from(input)) };
      const plain = input[0] === 0x1f && input[1] === 0x8b ? readGzip(input) : input;
      try {
        const read = await loadFile(source, FILE, () => {});
        require(same(read, CONTENT), "taken with other bytes");
        return "accepted";
      } catch (error) {
        if (error instanceof Error && error.message.startsWith(FILE.name)) requireLine(error.message);
        else throw error;
        require(!plain || !same(plain, CONTENT), "refused, though it is whole");
        return "refused";
      }
    },
  }),
};

function checkManifest(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "refused";
  }
  if (!isSiteManifest(value)) return "refused";
  const { dataset, architectures = [], relation = "less" } = value;
  require(architectures.every((each) => typeof each === "object" && each !== null), "a network that is no object");
  attempt(() => addNetworks(architectures));
  attempt(() => relationName(relation, "relation"));
  const { images } = dataset;
  const due = images ? 2 * images.splits.length + (images.listed ? 1 : 0) : 4;
  require(dataset.files.length === due, "not the files of its splits and its list");
  if (images) {
    const { height, width, channels, bits, splits } = images;
    const pixels = splits.map(({ count }) => (count * height * width * channels * bits) / 8);
    const sizes = dataset.files.filter(({ role }) => role.endsWith("images")).map(({ size }) => size - 20);
    require(pixels.join() === sizes.join(), "files of another size than its images");
    const { training, validation, test } = images.listed?.pairs ?? { training: 0, validation: 0, test: 0 };
    const listed = images.listed ? 12 + 12 * (training + validation + test) : undefined;
    require(dataset.files.find(({ role }) => role === "listed pairs")?.size === listed, "a file of other pairs");
  }
  if (dataset.first) {
    const { trainPairs, testPairs, height, width, size } = dataset.first;
    const pixels = 2 * (trainPairs + testPairs) * height * width;
    require(!images && size >= pixels && size < 2 * pixels, "first pairs of another size than their images");
  }
  for (const { size, bytes, sha256 } of [...dataset.files, ...(dataset.first ? [dataset.first] : [])])
    require(Number.isInteger(size) &&
      size >= 0 &&
      size <= 2 ** 31 &&
      bytes <= 2 ** 31 &&
      sha256.length === 64, `a file of ${size} bytes`);
  return "accepted" as const;
}
