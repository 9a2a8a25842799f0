import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { InvalidRequest } from "../../src/core/errors.js";
import { decodePicture } from "../../src/core/pictures/decode.js";
import type { Picture } from "../../src/core/pictures/picture.js";
import { pictureCodecs } from "../../src/node/data/codecs.js";

const FIXTURES = new URL("../pictures/fixtures/", import.meta.url);
const FLAGS = new URL("../../node_modules/svg-country-flags/png100px/", import.meta.url);

export const codecs = pictureCodecs();

/** What `make_fixtures.py` made, and what Pillow says of it. */
export const expected: {
  readonly files: Readonly<Record<string, PictureDigest>>;
  /** Of all flags, as `flagsDigest` makes it. */
  readonly flags: string;
} = JSON.parse(readFileSync(new URL("../pictures/expected.json", import.meta.url), "utf8"));

export interface PictureDigest {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: string;
  readonly alpha?: string;
}

export const fixtureNames = (): string[] => readdirSync(FIXTURES).sort();
export const fixture = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(name, FIXTURES)));
export const flagNames = (): string[] => readdirSync(FLAGS).sort();
export const flag = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(name, FLAGS)));

export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

export const digestOf = ({ height, width, channels, pixels, alpha }: Picture): PictureDigest => ({
  height,
  width,
  channels,
  pixels: sha256(pixels),
  ...(alpha && { alpha: sha256(alpha) }),
});

/** A line of each flag, in the order of their names. */
export const flagsDigest = (flags: readonly (readonly [name: string, PictureDigest])[]): string =>
  sha256(
    flags
      .map(([name, { height, width, channels, pixels, alpha }]) =>
        [name, height, width, channels, pixels, `${alpha ?? ""}\n`].join(" "),
      )
      .join(""),
  );

/** What decoding is refused with: one line that begins with the file's name. */
export async function refusalOf(bytes: Uint8Array, name: string): Promise<string> {
  const error = await decodePicture(bytes, name, codecs).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(InvalidRequest);
  expect(error.message).not.toContain("\n");
  expect(error.message.slice(0, name.length + 1)).toBe(`${name} `);
  return error.message.slice(name.length + 1);
}
