import { join } from "node:path";
import type { ReportPart } from "../../core/experiments/shared/part.js";
import { checkWritable, writeWhole } from "../files.js";
import { reportMarkdown } from "./markdown.js";
import { reportPage } from "./page.js";
import { encodePart, PARTS, readPart } from "./parts.js";

/**
 * Writes what a command found into a report's folder, which is created if it is missing: its figures, its files of numbers,
 * and the report, `report.html` and `report.md`, which also holds what other commands have written there before. Each file
 * is written whole or not at all.
 *
 * @param order  names of all parts that a report can have, in their order
 * @param signal  ends it between two files, or while one waits for its reader, with its reason
 * @returns what is wrong with parts that others wrote, a line each; they are left out, and their files stay
 * @throws InvalidRequest when the folder cannot be written.
 */
export async function writeReport(
  directory: string,
  part: ReportPart,
  order: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const write = async (path: string, text: string) => {
    signal?.throwIfAborted();
    await writeWhole(join(directory, path), text, signal);
  };
  for (const folder of ["", "figures", PARTS]) await checkWritable(join(directory, folder));
  for (const { fileName, text } of part.files) await write(fileName, text);
  for (const block of part.blocks)
    if (block.kind === "figure") await write(join("figures", block.figure.fileName), block.figure.svg);
  await write(join(PARTS, `${part.name}.json`), encodePart(part));

  const others = order.filter((name) => name !== part.name).map((name) => readPart(directory, name));
  const read = await Promise.all(others);
  const whole = read.filter((other) => typeof other === "object");
  const parts = [part, ...whole].toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  await write("report.md", reportMarkdown(parts));
  await write("report.html", reportPage(parts));
  return read.filter((other) => typeof other === "string");
}
