import { pageModule } from "../../server/page-files.js";
import { coloursFor } from "./colours.js";
import type { Line } from "./lines.js";
import { isTerminal, terminalWidth } from "./output.js";

type QrModule = typeof import("../../../site/qr.js");

/** Black on white of the 256 colours, which are the same in every theme: a reader needs dark modules on light ones. */
const blackOnWhite = (text: string): string => `\u001B[38;5;16;48;5;231m${text}\u001B[0m`;

/** Two modules one above the other in a character: the upper one is dark, the lower one is. */
const HALVES = { "true true": "█", "true false": "▀", "false true": "▄", "false false": " " } as const;

/** The QR code of an address as lines of the terminal that standard output is; none where it has no room or no colours. */
export async function qrLines(url: string): Promise<Line[]> {
  if (!isTerminal() || !coloursFor(true).isColorSupported) return [];
  const { qrModules }: QrModule = await import(pageModule("qr"));
  const modules = qrModules(url);
  return modules.length > terminalWidth() ? [] : halfBlocks(modules);
}

/** A matrix of modules in half as many lines. A missing last row is light. */
export function halfBlocks(modules: readonly (readonly boolean[])[]): Line[] {
  return modules.flatMap((upper, y) => {
    if (y % 2 === 1) return [];
    const lower = modules[y + 1];
    const text = upper.map((dark, x) => HALVES[`${dark} ${lower?.[x] ?? false}`]).join("");
    return [{ text, colour: blackOnWhite }];
  });
}
