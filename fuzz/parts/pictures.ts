import { readFileSync } from "node:fs";
import { decode as readPng } from "fast-png";
import { decodePicture } from "../../src/core/pictures/decode.js";
import type { Picture } from "../../src/core/pictures/picture.js";
import { preparePicture } from "../../src/core/pictures/prepare.js";
import { pictureCodecs } from "../../src/node/data/codecs.js";
import { makePng, pngChunk, SAMPLES_OF } from "../../test/support/png.js";
import { mutateBytes } from "../mutate.js";
import { attemptLater, encode, type Part, require } from "../part.js";
import type { Random } from "../random.js";

const FILES = ["rgb-30.jpg", "exif-6.jpg", "grey.jpg", "lossy.webp", "lossless.webp"].map((name) =>
  Uint8Array.from(readFileSync(new URL(`../../test/pictures/fixtures/${name}`, import.meta.url))),
);
const KINDS: readonly (readonly [colour: number, depth: number])[] = [
  ...[1, 2, 4, 8, 16].map((depth) => [0, depth] as const),
  ...[1, 2, 4, 8].map((depth) => [3, depth] as const),
  ...[2, 4, 6].flatMap((colour) => [8, 16].map((depth) => [colour, depth] as const)),
];
/** Of a WebP image, which a few bytes may rightly ask for: it takes memory. */
const MOST_PIXELS = 2 ** 20;

/** Images as files. */
export const picturesPart: Part = {
  name: "images as files",
  weight: 1,
  open: async () => {
    const codecs = pictureCodecs();
    return {
      make(random) {
        const file = random.chance(0.5) ? png(random) : random.chance(0.2) ? pnm(random) : random.pick(FILES);
        const changed = random.chance(0.2) ? file : mutateBytes(random, file);
        return random.chance(0.5) ? withChecksums(changed) : changed;
      },
      async check(input) {
        if (webpPixels(input) > MOST_PIXELS) return "refused";
        const picture = await attemptLater(() => decodePicture(input, "image.png", codecs));
        if (!picture) return "refused";
        const { height, width, channels, pixels, alpha } = picture;
        require(pixels.length === height * width * channels, "another number of pixels than its size says");
        require(!alpha || alpha.length === height * width, "another number of alphas than its size says");
        if (input[0] === 0x89) requireSamples(input, picture);
        const background = new Array(channels).fill(255);
        const seen = preparePicture(picture, { height: 5, width: 7, channels, fit: "pad", background });
        require(seen.every((value) => value <= 65_280), "prepared beyond white");
        return "accepted";
      },
    };
  },
};

function png(random: Random): Uint8Array {
  const [colour, depth] = random.pick(KINDS);
  const [width, height] = [1 + random.below(12), 1 + random.below(12)];
  const count = width * height * (SAMPLES_OF[colour] as number);
  const samples = Array.from({ length: count }, () => random.below(2 ** depth));
  const palette = colour === 3 ? [pngChunk("PLTE", random.bytes(3 * 2 ** depth))] : [];
  const hidden = random.chance(0.3) ? [pngChunk("tRNS", random.bytes(colour === 0 ? 2 : colour === 2 ? 6 : 1))] : [];
  const chunks = [...palette, ...hidden];
  return makePng({
    width,
    height,
    depth,
    colour,
    samples,
    chunks,
    interlaced: random.chance(0.3),
    filters: [0, 4, 3, 2, 1],
  });
}

function pnm(random: Random): Uint8Array {
  const [width, height, most] = [1 + random.below(5), 1 + random.below(5), random.pick([1, 3, 255])];
  const [kind, channels] = random.pick([
    ["P2", 1],
    ["P3", 3],
  ] as const);
  const values = Array.from({ length: width * height * channels }, () => random.below(most + 1));
  return encode(`${kind}\n# made\n${width} ${height}\n${most}\n${values.join(" ")}\n`);
}

/** Checksums of the chunks that are there, so that what else was changed is looked at. */
function withChecksums(file: Uint8Array): Uint8Array {
  if (file[0] !== 0x89) return file;
  const result = Uint8Array.from(file);
  const view = new DataView(result.buffer);
  for (let at = 8; at + 12 <= result.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > result.length) break;
    const type = String.fromCharCode(...result.subarray(at + 4, at + 8));
    result.set(pngChunk(type, result.subarray(at + 8, at + 8 + length)), at);
    at += 12 + length;
  }
  return result;
}

/** Compares with another decoder, of what it reads: it takes no interlaced images of less than 8 bits. */
function requireSamples(file: Uint8Array, { channels, pixels, alpha }: Picture): void {
  let read: ReturnType<typeof readPng>;
  try {
    read = readPng(Uint8Array.from(file));
  } catch {
    return;
  }
  if (read.depth < 8 || read.palette || read.transparency) return;
  const shift = read.depth - 8;
  const perPixel = read.channels;
  for (let i = 0; i < read.data.length; i++) {
    const [pixel, sample] = [Math.floor(i / perPixel), i % perPixel];
    const own = sample < channels ? pixels[pixel * channels + sample] : alpha ? alpha[pixel] : 255;
    require(own === (read.data[i] as number) >> shift, `sample ${i} is ${own}, not ${read.data[i]}`);
  }
}

function webpPixels(file: Uint8Array): number {
  if (file[0] !== 0x52 || file.length < 30) return 0;
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  if (file[15] === 0x4c) {
    const bits = view.getUint32(21, true);
    return (1 + (bits & 0x3fff)) * (1 + ((bits >> 14) & 0x3fff));
  }
  return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
}
