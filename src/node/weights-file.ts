import type { NamedBytes } from "../core/data/idx.js";
import { InvalidRequest } from "../core/errors.js";
import { inShort } from "../core/given.js";
import { codeOf } from "./errors.js";
import { readWithin, Unreadable } from "./read.js";

/** Twenty million weights of 64 bits. The largest network here has under one million. */
const MOST_BYTES = 2 ** 28;

/** Reads a file of weights. @throws InvalidRequest where it cannot be read */
export async function readWeightsFile(path: string): Promise<NamedBytes> {
  const name = inShort(path);
  try {
    return { name, bytes: await readWithin(path, MOST_BYTES) };
  } catch (error) {
    if (error instanceof Unreadable) throw new InvalidRequest(`${name} ${error.message}`);
    const code = codeOf(error);
    throw new InvalidRequest(code === "ENOENT" ? `there is no file ${name}` : `cannot read ${name} (${code})`);
  }
}
