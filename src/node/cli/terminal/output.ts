import { stringifyJson } from "../../../core/formats/json.js";
import { visibleJson } from "../../../core/formats/visible.js";
import { type Line, Lines, rendered } from "./lines.js";
import { Sink } from "./sink.js";

// All output goes through here: nothing else writes on standard output or standard error.

const results = new Sink(1, "standard output");
const remarks = new Sink(2, "standard error");

/** One line, as far as its type tells: a line feed in it would be shown as a character. */
type OneLine<Text extends Line | Lines> = Text extends `${string}\n${string}` ? never : Text;

/** Prints a line or several on standard output. @throws Error if it is lost, because the disk is full for instance */
export function print<Text extends Line | Lines>(text: OneLine<Text>): void {
  results.write(asText(text));
}

/** Prints a document as the only thing on standard output. @throws as `print` */
export function printJson(document: unknown): void {
  results.write(`${visibleJson(stringifyJson(document, 2))}\n`);
}

/** Prints CSV as the only thing on standard output. @throws as `print` */
export function printCsv(csv: string): void {
  results.write(csv);
}

/** Prints on standard error: progress and remarks, never a result. Output that cannot be written is dropped. */
export function remark<Text extends Line | Lines>(text: OneLine<Text>): void {
  try {
    remarks.write(asText(text));
  } catch {
    // No result is lost.
  }
}

/** Waits until all that was printed has been taken. @throws as `print` */
export async function flush(): Promise<void> {
  await remarks.flush().catch(() => {});
  await results.flush();
}

const asText = (text: Line | Lines): string => `${text instanceof Lines ? text : rendered(text)}\n`;

/** Whether standard output is a terminal. */
export const isTerminal = (): boolean => results.isTerminal;

/** Characters that a line of standard output may have: the terminal's columns; any number without a terminal. */
export const terminalWidth = (): number => (results.isTerminal ? results.size.columns : Number.POSITIVE_INFINITY);

/** Lines on the terminal that standard error is, redrawn in place. */
export interface LiveView {
  readonly columns: number;
  readonly rows: number;
  /** Lines that are longer than the terminal is wide are wrapped. */
  draw(lines: readonly Line[]): void;
  /** Leaves the last lines where they are. */
  end(): void;
}

/** A view if standard error is a terminal. */
export async function liveView(): Promise<LiveView | undefined> {
  if (!remarks.isTerminal) return undefined;
  const { createLogUpdate } = await import("log-update");
  const terminal = {
    isTTY: true,
    get columns() {
      return remarks.size.columns;
    },
    get rows() {
      return remarks.size.rows;
    },
    write(text: string) {
      try {
        remarks.write(text);
      } catch {
        // The terminal was closed.
      }
      return true;
    },
  };
  // Code that hides the cursor must show it again however the process ends, and log-update ends the process on an interrupt.
  const draw = createLogUpdate(terminal as NodeJS.WriteStream, { showCursor: true });
  return {
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows;
    },
    draw: (lines) => draw(lines.map((line) => rendered(line)).join("\n")),
    end() {
      draw.done();
      // A terminal shows the key of an interrupt where the cursor is.
      terminal.write("\r\u001B[K");
    },
  };
}
