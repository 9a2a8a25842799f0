import { stringifyJson } from "../../core/formats/json.js";
import type { DataFile } from "./part.js";

/** An experiment's result as JSON, which is also what the command line prints. */
export const documentFile = (name: string, result: object): DataFile => ({
  fileName: `${name}.json`,
  holds: "every number",
  text: `${stringifyJson(result, 2)}\n`,
});
