import { readFileSync, statSync } from "node:fs";
import { InvalidRequest } from "../../core/errors.js";
import { inShort } from "../../core/given.js";
import { codeOf } from "../errors.js";

/** Codes of what is no name of a file. */
const NO_NAME = ["ENAMETOOLONG", "ENOTDIR", "ERR_INVALID_ARG_VALUE"];

/**
 * The text of a file that an option names; undefined where there is no such file.
 *
 * @param most  bytes; a larger file is refused
 * @param what  that it has so many at most: "a table"
 * @throws InvalidRequest where it is too large or cannot be read
 */
export function optionFile(path: string, most: number, what: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) return undefined;
    if (stats.size > most)
      throw new InvalidRequest(`${inShort(path)} has ${stats.size} bytes: ${what} has at most ${most}`);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof InvalidRequest) throw error;
    if (NO_NAME.includes(codeOf(error))) return undefined;
    throw new InvalidRequest(`${inShort(path)} cannot be read (${codeOf(error)})`);
  }
}
