import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect } from "vitest";
import { InvalidRequest } from "../../src/core/errors.js";
import { pngChunk, pngHeader, pngOf } from "./png.js";

/** Files by their paths; null for an empty folder. */
export type Files = Readonly<Record<string, Uint8Array | string | null>>;

export function writeFiles(root: string, files: Files): string {
  mkdirSync(root, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const at = join(root, path);
    mkdirSync(content === null ? at : dirname(at), { recursive: true });
    if (content !== null) writeFileSync(at, content);
  }
  return root;
}

/** A PNG of 8 bits, its rows unfiltered: [height, width, channels]. */
export function png(height: number, width: number, pixels: ArrayLike<number>, colour: 0 | 2 = 0): Uint8Array {
  const row = pixels.length / height;
  const bytes = Uint8Array.from(pixels);
  const rows = new Uint8Array(height * (row + 1));
  for (let y = 0; y < height; y++) rows.set(bytes.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const data = deflateSync(rows, { level: 1 });
  return pngOf(pngHeader({ height, width, depth: 8, colour }), pngChunk("IDAT", data), pngChunk("IEND"));
}

/** A grey picture of some size whose pixels depend on a number. */
export const dotted = (number: number, height = 8, width = height): Uint8Array =>
  png(
    height,
    width,
    Uint8Array.from({ length: height * width }, (_, i) => (i * 37 + number * 101 + ((i * number) % 13) * 7) % 256),
  );

/** Folders of classes, some images each, all different. */
export const classes = (names: readonly string[], images = 2, height = 8, width = height): Record<string, Uint8Array> =>
  Object.fromEntries(
    names.flatMap((name, label) =>
      Array.from(
        { length: images },
        (_, i) => [`${name}/${i}.png`, dotted(label * images + i, height, width)] as const,
      ),
    ),
  );

/** What something is refused with, in one line. */
export async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    expect((error as Error).message).not.toContain("\n");
    return (error as Error).message;
  }
  throw new Error("it was not refused");
}
