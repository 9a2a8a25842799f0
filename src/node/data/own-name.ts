import { basename, resolve } from "node:path";
import { ownName } from "../../core/picture-sets/own-name.js";

/** What pictures are called: by their folder's or file's name. */
export const nameOfPath = (path: string): string => ownName(basename(resolve(path)));
