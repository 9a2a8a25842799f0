import { stringifyJson } from "../../core/formats/json.js";

/** Prints a line on standard output. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a line on standard error: progress and remarks, never a result. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints a document as the only thing on standard output. */
export function printJson(document: unknown): void {
  print(stringifyJson(document, 2));
}
