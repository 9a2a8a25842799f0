import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { codecs, digestOf, expected, fixture, refusalOf } from "../../../test/support/pictures.js";
import { makePng, pngChunk, pngHeader, pngOf } from "../../../test/support/png.js";
import { InvalidRequest } from "../errors.js";
import { decodePicture } from "./decode.js";

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const cut = (name: string, length: number): Uint8Array => fixture(name).slice(0, length);
const set = (bytes: Uint8Array, at: number, ...values: number[]): Uint8Array => {
  const result = Uint8Array.from(bytes);
  result.set(values, at);
  return result;
};
const indexOf = (bytes: Uint8Array, text: string): number => Buffer.from(bytes).indexOf(Buffer.from(text, "latin1"));

const GREY = { width: 4, height: 3, depth: 8, colour: 0 };
const ROWS = Uint8Array.from({ length: 15 }, (_, i) => (i % 5 ? 7 * i : 0));
const grey = (...chunks: readonly Uint8Array[]): Uint8Array => pngOf(pngHeader(GREY), ...chunks, pngChunk("IEND"));
const sized = (width: number, height: number): Uint8Array =>
  pngOf(pngHeader({ ...GREY, width, height }), pngChunk("IDAT", deflateSync(ROWS)), pngChunk("IEND"));

const jpeg = (): Uint8Array => fixture("rgb-75.jpg");
/** Where the frame header's precision is. */
const frameOf = (bytes: Uint8Array): number => indexOf(bytes, "\xff\xc0") + 4;
const scanOf = (bytes: Uint8Array): number => indexOf(bytes, "\xff\xda") + 14;

const box = (type: string): Uint8Array => ascii(`\0\0\0\x18ftyp${type}\0\0\0\0`);

const MUST = /: it must be PNG, JPEG, WebP, PGM or PPM$/;

const CASES: readonly (readonly [what: string, bytes: () => Uint8Array, refusal: RegExp | string])[] = [
  ["0 bytes", () => new Uint8Array(), "is empty: it must be a PNG, JPEG, WebP, PGM or PPM image"],
  ["one byte", () => Uint8Array.of(0x89), MUST],
  ["zeros", () => new Uint8Array(1000), "is no image of a kind that is known: it must be PNG, JPEG, WebP, PGM or PPM"],
  ["text", () => ascii("label,file\n"), MUST],
  ["a P and no number", () => ascii("Prices of 2024"), MUST],
  // Other kinds.
  ["GIF", () => fixture("other.gif"), "is a GIF image: it must be PNG, JPEG, WebP, PGM or PPM"],
  ["BMP", () => fixture("other.bmp"), /^is a BMP image: it must be/],
  ["TIFF", () => fixture("other.tiff"), /^is a TIFF image: it must be/],
  ["HEIC", () => box("heic"), /^is a HEIC image: it must be/],
  ["AVIF", () => box("avif"), /^is an AVIF image: it must be/],
  ["a film", () => box("mp42"), /^is a film: it must be/],
  ["SVG", () => ascii('<?xml version="1.0"?>\n<svg xmlns="">'), /^is an SVG image: it must be/],
  ["HTML", () => ascii("\n<!DOCTYPE html><html>"), /^is an HTML page: it must be/],
  ["XML", () => ascii("<rss></rss>"), /^is an XML document: it must be/],
  ["PDF", () => ascii("%PDF-1.7"), /^is a PDF document: it must be/],
  ["JPEG XL", () => Uint8Array.of(0xff, 0x0a, 1, 2), /^is a JPEG XL image: it must be/],
  ["PBM", () => ascii("P4 1 1 \0"), /^is a PBM image: it must be/],
  ["PAM", () => ascii("P7\nWIDTH 1"), /^is a PAM image: it must be/],
  ["a zip file", () => ascii("PK\x03\x04"), /^is a zip file: it must be/],
  ["a pointer to an image", () => ascii("version https://git-lfs.github.com/spec/v1\n"), /^is a Git LFS pointer/],
  // PNG.
  ["PNG, the signature alone", () => cut("rgb.png", 8), "is truncated: its 8 bytes end within its PNG header"],
  ["PNG, half a header", () => cut("rgb.png", 20), "is truncated: its 20 bytes end within its PNG chunk IHDR"],
  ["PNG, the header alone", () => cut("rgb.png", 33), "is truncated: its 33 bytes end within its PNG chunks"],
  ["PNG, half its pixels", () => cut("rgb.png", 500), "is truncated: its 500 bytes end within its PNG chunk IDAT"],
  [
    "PNG without its end",
    () => fixture("rgb.png").slice(0, -12),
    `is truncated: its ${fixture("rgb.png").length - 12} bytes end within its PNG chunks`,
  ],
  ["PNG with new lines of another system", () => set(fixture("rgb.png"), 4, 0x0a), MUST],
  [
    "PNG, a changed pixel",
    () => set(fixture("rgb.png"), 100, 0),
    "is damaged: the checksum of its PNG chunk IDAT is wrong",
  ],
  [
    "PNG, a changed header",
    () => set(fixture("rgb.png"), 19, 200),
    "is damaged: the checksum of its PNG chunk IHDR is wrong",
  ],
  ["PNG, a changed length", () => set(fixture("rgb.png"), 33, 0x7f), /^is truncated: its \d+ bytes end within its PNG/],
  ["PNG, a chunk of no letters", () => set(fixture("rgb.png"), 37, 1), "is damaged: there is no PNG chunk at byte 33"],
  ["PNG, pixels first", () => pngOf(pngChunk("IDAT"), pngChunk("IEND")), /^is damaged: its first PNG chunk is IDAT/],
  ["PNG, two headers", () => grey(pngHeader(GREY)), "is damaged: it has two PNG headers"],
  [
    "PNG, a short header",
    () => pngOf(pngChunk("IHDR", [0, 0, 0, 1])),
    /^is damaged: its PNG header has 4 bytes, not 13$/,
  ],
  ["PNG without pixels", () => grey(), "is damaged: it has no pixels, a PNG chunk IDAT"],
  [
    "PNG with rows that lack",
    () => grey(pngChunk("IDAT", deflateSync(ROWS.subarray(0, 9)))),
    "is damaged: it has 9 of its 15 bytes of pixels",
  ],
  [
    "PNG with rows too many",
    () => grey(pngChunk("IDAT", deflateSync(new Uint8Array(1000), { level: 0 }))),
    "is damaged: it has more than its 15 bytes of pixels",
  ],
  [
    "PNG, half of what decompresses",
    () => grey(pngChunk("IDAT", deflateSync(ROWS).subarray(0, 8))),
    /^is damaged: its pixels do not decompress \(unexpected EOF\)$/,
  ],
  ["PNG, pixels that are no zlib", () => grey(pngChunk("IDAT", ROWS)), /^is damaged: its pixels do not decompress/],
  [
    "PNG, a filter that there is not",
    () => grey(pngChunk("IDAT", deflateSync(set(ROWS, 5, 9)))),
    "is damaged: it has a row of PNG filter 9: there are 0 to 4",
  ],
  [
    "PNG of 3 bits",
    () => pngOf(pngHeader({ ...GREY, depth: 3 })),
    "is damaged: its PNG header says colour type 0 with 3 bits, which PNG does not have",
  ],
  ["PNG of colour type 5", () => pngOf(pngHeader({ ...GREY, colour: 5 })), /colour type 5 with 8 bits/],
  [
    "PNG without its palette",
    () => makePng({ ...GREY, colour: 3, samples: new Array(12).fill(0) }),
    "is damaged: it has no palette",
  ],
  [
    "PNG with half a colour",
    () => makePng({ ...GREY, colour: 3, samples: new Array(12).fill(0), chunks: [pngChunk("PLTE", [1, 2, 3, 4])] }),
    /^is damaged: its palette has 4 bytes/,
  ],
  [
    "PNG, a colour beside its palette",
    () => makePng({ ...GREY, colour: 3, samples: new Array(12).fill(1), chunks: [pngChunk("PLTE", [1, 2, 3])] }),
    "is damaged: it has a pixel of colour 1: its palette has 1",
  ],
  [
    "PNG, a wrong tRNS",
    () => makePng({ ...GREY, samples: new Array(12).fill(1), chunks: [pngChunk("tRNS", [1])] }),
    "is damaged: its PNG chunk tRNS has 1 bytes, not 2",
  ],
  [
    "PNG, a chunk that matters and is unknown",
    () => grey(pngChunk("ABCD")),
    /^has a PNG chunk ABCD, which no standard/,
  ],
  [
    "PNG, 30,000×30,000",
    () => sized(30_000, 30_000),
    "is 30000×30000 pixels (height × width) by its header: a side must be 16384 pixels at most",
  ],
  [
    "PNG, 8,000×8,000 of a few bytes",
    () => sized(8000, 8000),
    /^is damaged: its \d+ bytes of compressed pixels cannot be the 64008000 that its header asks for$/,
  ],
  [
    "PNG, 16,000×16,000",
    () => sized(16_000, 16_000),
    "is 16000×16000 pixels (height × width) by its header: it must be 64 million pixels at most",
  ],
  ["PNG, no width", () => sized(0, 3), "is 3×0 pixels (height × width) by its header: it must be 1×1 at least"],
  // JPEG.
  ["JPEG, 3 bytes", () => cut("rgb-75.jpg", 3), "is truncated: its 3 bytes end within its JPEG header"],
  ["JPEG, half a header", () => cut("rgb-75.jpg", 100), "is truncated: its 100 bytes end within its JPEG header"],
  ["JPEG, the header alone", () => jpeg().slice(0, scanOf(jpeg())), "is damaged: Premature end of JPEG file"],
  ["JPEG, half its pixels", () => cut("rgb-75.jpg", 800), "is damaged: Premature end of JPEG file"],
  ["JPEG without its end", () => jpeg().slice(0, -2), "is damaged: Premature end of JPEG file"],
  ["a progressive JPEG, two scans", () => cut("progressive.jpg", 1000), "is damaged: Premature end of JPEG file"],
  ["JPEG, pixels of zeros", () => jpeg().fill(0, scanOf(jpeg()) + 30, -2), /^is damaged: Corrupt JPEG data: /],
  ["JPEG, a marker within its pixels", () => set(jpeg(), scanOf(jpeg()) + 60, 0xff, 0xc4), /^is damaged: /],
  [
    "JPEG without a table",
    () => set(jpeg(), indexOf(jpeg(), "\xff\xdb") + 1, 0xfe),
    "is damaged: Quantization table 0x00 was not defined",
  ],
  ["JPEG, no marker where one is due", () => set(jpeg(), 20, 1), /^is damaged: there is no JPEG marker at byte 20$/],
  ["JPEG, the end at once", () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), "is damaged: it ends before its pixels"],
  ["JPEG, pixels before their size", () => Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2), /come before its size$/],
  [
    "JPEG of CMYK",
    () => fixture("cmyk.jpg"),
    "is a JPEG image of CMYK colours: it must be of RGB colours or grey scale",
  ],
  ["JPEG of 12 bits", () => set(jpeg(), frameOf(jpeg()), 12), "is a JPEG image of 12 bits a channel: it must have 8"],
  ["JPEG, arithmetic-coded", () => set(jpeg(), frameOf(jpeg()) - 3, 0xc9), /that is arithmetic-coded: it must be/],
  [
    "JPEG, 60,000 wide",
    () => set(jpeg(), frameOf(jpeg()) + 3, 0xea, 0x60),
    /^is 23×60000 pixels \(height × width\) by its header/,
  ],
  [
    "JPEG, 16,000×3,000 of a few bytes",
    () => set(jpeg(), frameOf(jpeg()) + 1, 3000 >> 8, 3000 & 255, 16_000 >> 8, 16_000 & 255),
    /^is truncated: its \d+ bytes end within its 3000×16000 pixels \(height × width\)$/,
  ],
  ["JPEG, no height", () => set(jpeg(), frameOf(jpeg()) + 1, 0, 0), /^is 0×37 pixels \(height × width\) by its header/],
  // WebP.
  [
    "WebP, half",
    () => cut("lossy.webp", 200),
    "is truncated: its 200 bytes end within the 360 that its WebP header asks for",
  ],
  [
    "WebP, the header alone",
    () => set(cut("lossy.webp", 12), 4, 4, 0, 0, 0),
    "is damaged: it has no pixels, a WebP chunk VP8 or VP8L",
  ],
  [
    "WebP, half its pixels, by its header too",
    () => set(set(cut("lossy.webp", 200), 4, 192, 0, 0, 0), 16, 180, 0, 0, 0),
    "is damaged: its pixels do not decode as WebP",
  ],
  [
    "WebP, a chunk past its end",
    () => set(fixture("lossy.webp"), 17, 9),
    /^is truncated: its 360 bytes end within its WebP chunk VP8$/,
  ],
  [
    "WebP, a chunk of no letters",
    () => set(fixture("lossy.webp"), 13, 1),
    "is damaged: there is no WebP chunk at byte 12",
  ],
  ["WebP, no key frame", () => set(fixture("lossy.webp"), 23, 0), "is damaged: its WebP chunk VP8 is no key frame"],
  ["WebP, a wrong first byte", () => set(fixture("lossless.webp"), 20, 0), /VP8L has a wrong first byte$/],
  ["WebP, an animation", () => fixture("animation.webp"), "is a WebP animation: it must be a single image"],
  // PGM and PPM.
  ["PGM, two letters", () => ascii("P5"), MUST],
  ["PGM, half a header", () => ascii("P5 12"), "is truncated: its 5 bytes end within its PGM header"],
  [
    "PGM, half its pixels",
    () => cut("grey.pgm", 400),
    /^is truncated: 387 bytes follow its PGM header, pixels of 23×37 \(height × width\) take 851 at least$/,
  ],
  [
    "PPM, half its pixels",
    () => cut("rgb.ppm", 400),
    /^is truncated: 387 bytes follow its PPM header, pixels of 23×37 \(height × width\) take 2553 at least$/,
  ],
  ["PGM, half its 16 bits", () => ascii("P5 2 1 65535 abc"), /^is truncated: 3 bytes follow/],
  ["PGM, plain, a number short", () => ascii("P2 2 2 255 100 200 255"), /^is (truncated|damaged): /],
  ["PGM, no number", () => ascii("P2 2 x 255"), "is damaged: byte 5 is no digit of its height"],
  ["PGM, a negative number", () => ascii("P2 2 1 255 -1 3"), "is damaged: byte 11 is no digit of its pixels"],
  [
    "PGM, a value above the greatest",
    () => ascii("P2 2 1 9 9 10"),
    "is damaged: it has a value of 10: its greatest is 9",
  ],
  ["PGM, no greatest value", () => ascii("P5 1 1 0 a"), "has 0 as its greatest value: PGM has 1 to 65535"],
  ["PGM, 17 bits", () => ascii("P5 1 1 65536 abc"), "has 65536 as its greatest value: PGM has 1 to 65535"],
  [
    "PGM, more pixels",
    () => ascii("P5 1 1 255 ab"),
    "is damaged: more than its 1×1 pixels (height × width) follow its PGM header",
  ],
  ["PGM, 99,999 wide", () => ascii("P5 99999 1 255 a"), /^is 1×99999 pixels \(height × width\) by its header/],
  ["PGM, wider than numbers", () => ascii("P5 99999999999999 1 255 a"), /^is damaged: its width is above 4294967295$/],
  ["PGM, a comment after its greatest value", () => ascii("P5 1 1 255#a\na"), /^is damaged: a comment follows/],
];

describe("is refused in one line that begins with its name", () => {
  it.each(CASES)("%s", async (_, bytes, refusal) => {
    const message = await refusalOf(bytes(), "photos/cat 1.jpg");
    if (typeof refusal === "string") expect(message).toBe(refusal);
    else expect(message).toMatch(refusal);
  });

  it("every image that is cut anywhere", async () => {
    for (const name of ["palette-alpha.png", "rgb-30.jpg", "lossy.webp", "lossless-alpha.webp", "grey.pgm"]) {
      const whole = fixture(name);
      for (let length = 0; length < whole.length; length += 7) await refusalOf(whole.slice(0, length), name);
    }
  });

  it("every kind of bad byte, or the image has the size of its header", async () => {
    for (const name of ["palette-alpha.png", "rgb-30.jpg", "lossy-alpha.webp", "lossless.webp", "exif-6.jpg"]) {
      const whole = fixture(name);
      for (let at = 0; at < whole.length; at += 5) {
        const bytes = set(whole, at, (whole[at] as number) ^ (1 << (at % 8)), 0xff);
        try {
          const { height, width, channels, pixels } = await decodePicture(bytes, name, codecs);
          expect(pixels.length).toBe(height * width * channels);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequest);
          expect((error as Error).message).toMatch(new RegExp(`^${name} [^\\n]+$`));
        }
      }
    }
  });
});

it("after an image that is refused the next one is decoded", async () => {
  const unknownMarker = set(jpeg(), scanOf(jpeg()) + 60, 0xff, 0x13);
  const halfWebp = set(set(cut("lossy.webp", 200), 4, 192, 0, 0, 0), 16, 180, 0, 0, 0);
  for (const [name, refused] of [
    ["rgb-75.jpg", unknownMarker],
    ["lossy.webp", halfWebp],
  ] as const) {
    await refusalOf(refused, name);
    expect(digestOf(await decodePicture(fixture(name), name, codecs))).toEqual(expected.files[name]);
  }
});

it("pixels that decompress to a gigabyte take no memory", async () => {
  const before = process.memoryUsage().arrayBuffers;
  const bomb = deflateSync(new Uint8Array(2 ** 28));
  const file = pngOf(pngHeader({ ...GREY, width: 1, height: 1 }), pngChunk("IDAT", bomb), pngChunk("IEND"));
  expect((await decodePicture(file, "bomb.png", codecs)).pixels).toEqual(Uint8Array.of(0));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 28 + 2 ** 26);
});

it("what is no bytes, no name or no decoder is refused", async () => {
  const give = (...given: unknown[]) => decodePicture(...(given as Parameters<typeof decodePicture>));
  await expect(give("a.png", "a.png", codecs)).rejects.toThrow(InvalidRequest);
  await expect(give(new Uint8Array(), 3, codecs)).rejects.toThrow("the name of the image must be a text, not 3");
  await expect(give(fixture("rgb.png"), "a.png", {})).rejects.toThrow(/the codecs\.jpeg is missing/);
});
