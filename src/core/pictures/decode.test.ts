import { decode as fastPng } from "fast-png";
import { describe, expect, it } from "vitest";
import {
  codecs,
  digestOf,
  expected,
  fixture,
  fixtureNames,
  flag,
  flagNames,
  flagsDigest,
} from "../../../test/support/pictures.js";
import { makePng, pngChunk, SAMPLES_OF } from "../../../test/support/png.js";
import { decodePicture } from "./decode.js";
import type { Picture } from "./picture.js";

const decode = (bytes: Uint8Array, name = "a"): Promise<Picture> => decodePicture(bytes, name, codecs);
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe("the bits that Pillow decodes", () => {
  it.each(Object.entries(expected.files))("%s", async (name, picture) => {
    expect(digestOf(await decode(fixture(name), name))).toEqual(picture);
  });

  it("256 flags of all depths", async () => {
    const flags = [];
    for (const name of flagNames()) flags.push([name, digestOf(await decode(flag(name), name))] as const);
    expect(flags).toHaveLength(256);
    expect(flagsDigest(flags)).toBe(expected.flags);
  });
});

it("the content says what an image is, not its name", async () => {
  for (const name of fixtureNames())
    if (name in expected.files)
      for (const other of ["image.jpg", "image.png", "image", "image.txt"])
        expect(digestOf(await decode(fixture(name), other))).toEqual(expected.files[name]);
});

it("bytes within other bytes, and in memory that threads share, are decoded alike", async () => {
  for (const name of ["rgb-75.jpg", "lossy.webp", "exif-6.png", "rgb.ppm"]) {
    const bytes = fixture(name);
    const around = new Uint8Array(new SharedArrayBuffer(bytes.length + 13));
    around.set(bytes, 5);
    expect(digestOf(await decode(around.subarray(5, 5 + bytes.length)))).toEqual(expected.files[name]);
  }
});

it("many at once get their own pixels, damaged ones among them", async () => {
  const names = Object.keys(expected.files);
  const broken = fixture("rgb-75.jpg").subarray(0, 500);
  const results = await Promise.allSettled(names.flatMap((name) => [decode(fixture(name)), decode(broken)]));
  for (const [i, name] of names.entries()) {
    const { value } = results[2 * i] as PromiseFulfilledResult<Picture>;
    expect(digestOf(value)).toEqual(expected.files[name]);
    expect(results[2 * i + 1]?.status).toBe("rejected");
  }
});

/** Numbers without a pattern, the same each time. */
function noise(count: number, below: number): number[] {
  let state = 12345;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  });
}

describe("PNG", () => {
  const KINDS = [
    [0, [1, 2, 4, 8, 16]],
    [2, [8, 16]],
    [3, [1, 2, 4, 8]],
    [4, [8, 16]],
    [6, [8, 16]],
  ] as const;
  const SIZES = [
    [1, 1],
    [7, 5],
    [9, 13],
    [3, 1],
    [1, 6],
  ] as const;
  const cases = KINDS.flatMap(([colour, depths]) =>
    depths.flatMap((depth) => [false, true].map((interlaced) => ({ colour, depth, interlaced }))),
  );

  it.each(cases)("colour type $colour of $depth bits, interlaced: $interlaced", async (kind) => {
    for (const [width, height] of SIZES)
      for (const filters of [[], [1], [2], [3], [4], [4, 3, 2, 1, 0]]) {
        const perPixel = SAMPLES_OF[kind.colour] as number;
        const samples = noise(width * height * perPixel, 2 ** kind.depth);
        const palette = kind.colour === 3 ? noise(3 * 2 ** kind.depth, 256) : [];
        const chunks = kind.colour === 3 ? [pngChunk("PLTE", palette)] : [];
        const spec = { ...kind, width, height, samples, filters, chunks, parts: 3 };
        const { pixels, alpha, ...rest } = await decode(makePng(spec));
        expect(rest).toEqual({ width, height, channels: [0, 4].includes(kind.colour) ? 1 : 3 });
        const eighth = (sample: number) =>
          kind.depth === 16 ? Math.floor(sample / 256) : (sample * 255) / (2 ** kind.depth - 1);
        if (kind.colour === 3)
          expect([...pixels]).toEqual(samples.flatMap((index) => palette.slice(3 * index, 3 * index + 3)));
        else {
          const isAlpha = (i: number) => perPixel % 2 === 0 && i % perPixel === perPixel - 1;
          expect([...pixels]).toEqual(samples.filter((_, i) => !isAlpha(i)).map(eighth));
          if (perPixel % 2 === 0) expect([...(alpha ?? [])]).toEqual(samples.filter((_, i) => isAlpha(i)).map(eighth));
        }
      }
  });

  it("has the samples that fast-png reads", async () => {
    for (const colour of [0, 2, 4, 6]) {
      const samples = noise(11 * 7 * (SAMPLES_OF[colour] as number), 256);
      const file = makePng({ width: 11, height: 7, depth: 8, colour, samples, filters: [4, 1, 3, 2] });
      const { pixels, alpha, channels } = await decode(file);
      const read = fastPng(file);
      const both = Array.from({ length: 77 }, (_, i) => [
        ...pixels.subarray(i * channels, (i + 1) * channels),
        ...(alpha ? [alpha[i] as number] : []),
      ]).flat();
      expect(both).toEqual([...read.data]);
    }
  });

  it("hides the colour that tRNS names, to all its bits", async () => {
    const grey = { width: 3, height: 1, depth: 16, colour: 0, samples: [0x1234, 0x1235, 0x1234] };
    const hidden = await decode(makePng({ ...grey, chunks: [pngChunk("tRNS", [0x12, 0x34])] }));
    expect(hidden).toMatchObject({ pixels: Uint8Array.of(18, 18, 18), alpha: Uint8Array.of(0, 255, 0) });
    const rgb = { width: 2, height: 1, depth: 8, colour: 2, samples: [1, 2, 3, 1, 2, 4] };
    const { alpha } = await decode(makePng({ ...rgb, chunks: [pngChunk("tRNS", [0, 1, 0, 2, 0, 3])] }));
    expect(alpha).toEqual(Uint8Array.of(0, 255));
    const two = { width: 4, height: 1, depth: 2, colour: 0, samples: [0, 1, 2, 3] };
    expect((await decode(makePng({ ...two, chunks: [pngChunk("tRNS", [0, 2])] }))).alpha).toEqual(
      Uint8Array.of(255, 255, 0, 255),
    );
  });

  it("a palette may be transparent in part", async () => {
    const chunks = [pngChunk("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9]), pngChunk("tRNS", [0, 100])];
    const file = makePng({ width: 3, height: 1, depth: 2, colour: 3, samples: [0, 1, 2], chunks });
    expect((await decode(file)).alpha).toEqual(Uint8Array.of(0, 100, 255));
  });

  it("an alpha that hides nothing is left out", async () => {
    const file = makePng({ width: 2, height: 1, depth: 8, colour: 4, samples: [7, 255, 9, 255] });
    expect(await decode(file)).toEqual({ height: 1, width: 2, channels: 1, pixels: Uint8Array.of(7, 9) });
  });

  it("what does not concern the pixels may be damaged", async () => {
    const text = pngChunk("tEXt", [65, 0, 66]);
    text[9] = 1;
    const file = makePng({ width: 1, height: 1, depth: 8, colour: 0, samples: [77], chunks: [text] });
    expect((await decode(file)).pixels).toEqual(Uint8Array.of(77));
  });

  it("an animated one is the image that a program without animations shows", async () => {
    const chunks = [pngChunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0])];
    const file = makePng({ width: 1, height: 1, depth: 8, colour: 0, samples: [77], chunks });
    expect((await decode(file)).pixels).toEqual(Uint8Array.of(77));
  });
});

describe("PGM and PPM", () => {
  it.each<[string, string, number, number[]]>([
    ["plain grey", "P2\n3 1\n255\n0 128 255\n", 1, [0, 128, 255]],
    ["plain colour", "P3 1 2 255 1 2 3\n4 5 6", 3, [1, 2, 3, 4, 5, 6]],
    ["binary grey", "P5\n3 1\n255\n\x00\x80\xff", 1, [0, 128, 255]],
    ["binary colour", "P6 1 1 255\n\n\r#", 3, [10, 13, 35]],
    ["comments", "P2 # a\n#b 9 9\n3#c\n1\n# d\n255 # e\n0 # f\n128\n255#", 1, [0, 128, 255]],
    ["comments before binary", "P5\n# by hand\n2 1\n#x\n255\n#!", 1, [35, 33]],
    ["other white space", "P2\t3\r\n1\v255\f0\r128 \t 255", 1, [0, 128, 255]],
    ["a small greatest value", "P2 4 1 3 0 1 2 3", 1, [0, 85, 170, 255]],
    ["half a step up", "P2 3 1 2 0 1 2", 1, [0, 128, 255]],
    ["10 bits", "P5 2 1 1023\n\x01\xff\x03\xff", 1, [127, 255]],
    ["16 bits lose the lower 8", "P5 2 1 65535\n\x12\xff\xff\xff", 1, [18, 255]],
    ["16 plain bits", "P2 2 1 65535 4863 65535", 1, [18, 255]],
    ["a new line at the end", "P5 1 1 255\na\n", 1, [97]],
  ])("%s", async (_, text, channels, pixels) => {
    expect(await decode(ascii(text))).toMatchObject({ channels, pixels: Uint8Array.from(pixels) });
  });
});
