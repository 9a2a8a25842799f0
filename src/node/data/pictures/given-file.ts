import { readFileSync } from "node:fs";
import { InvalidRequest } from "../../../core/errors.js";
import type { PictureFile } from "../../../core/picture-sets/decode.js";
import { bytesOf, requireReadable } from "../../../core/picture-sets/tree.js";
import { codeOf } from "../../errors.js";
import type { DiskFile } from "./tree.js";

/** A picture file, as a thread gets it: where it lies, or its bytes, or why there are none. */
export type GivenFile = { readonly name: string } & (
  | { readonly location: string }
  | { readonly bytes: Uint8Array }
  | { readonly refusal: string }
);

/** Threads read what lies on the disk. */
export async function givenFile(file: DiskFile): Promise<GivenFile> {
  const { name, location } = file;
  try {
    requireReadable(file);
    return location === undefined ? { name, bytes: await bytesOf(file) } : { name, location };
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return { name, refusal: error.message };
  }
}

/** The same, to be read. */
export const pictureFile = (given: GivenFile): PictureFile => ({ name: given.name, read: () => bytesIn(given) });

function bytesIn(file: GivenFile): Uint8Array {
  if ("bytes" in file) return file.bytes;
  if ("refusal" in file) throw new InvalidRequest(file.refusal);
  try {
    return readFileSync(file.location);
  } catch (error) {
    throw new InvalidRequest(`cannot read ${file.name} (${codeOf(error)}): it must be a readable file`);
  }
}
