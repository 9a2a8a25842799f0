import { join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import { codeOf } from "../errors.js";
import { cannot, writeWhole } from "../files.js";
import { readTextWithin, Unreadable } from "../read.js";
import { STORE } from "./layout.js";

/** The version of the store's layout. It goes up when older programs could not read a store any more, or would harm it. */
const FORMAT = 1;

/** Bytes of `store.json`, at most: it says little, in later formats too. */
const MOST_FORMAT_BYTES = 2 ** 16;

/**
 * Whether a store states its format.
 *
 * @throws InvalidRequest when it is newer than this version, or says nothing that can be understood
 */
export async function checkFormat(folder: string): Promise<boolean> {
  const path = join(folder, STORE);
  let text: string;
  try {
    text = await readTextWithin(path, MOST_FORMAT_BYTES);
  } catch (error) {
    if (error instanceof Unreadable) throw new InvalidRequest(`${path} ${error.message}; name another run store`);
    // If the folder is a file, code that reads or writes there reports it.
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return false;
    throw cannot(`read ${path}`, error, "name another run store");
  }
  const format = formatIn(text);
  if (format === undefined)
    throw new InvalidRequest(
      `${path} does not belong to a run store: it should say { "format": ${FORMAT} }; name another run store`,
    );
  if (format > FORMAT)
    throw new InvalidRequest(
      `${folder} is a run store of format ${format}, newer than this pairlab's ${FORMAT}: update pairlab, or name another folder`,
    );
  return true;
}

/** Writes a store's format into it. */
export async function writeFormat(folder: string): Promise<void> {
  await writeWhole(join(folder, STORE), `${JSON.stringify({ format: FORMAT }, null, 2)}\n`);
}

function formatIn(text: string): number | undefined {
  try {
    const { format } = JSON.parse(text);
    return Number.isSafeInteger(format) && format >= 1 ? format : undefined;
  } catch {
    return undefined;
  }
}
