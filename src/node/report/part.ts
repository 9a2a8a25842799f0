import type { Table } from "../../core/experiments/reproduce/tables.js";
import type { Setting } from "../../core/experiments/shared/method.js";

/** A figure as a file of its own and as a part of a page. */
export interface DrawnFigure {
  /** In the report's folder `figures`. */
  readonly fileName: string;
  /** "Figure 1: MLP". */
  readonly name: string;
  readonly caption: string;
  readonly svg: string;
}

/** One thing after the other that a report shows, before it is laid out as HTML or Markdown. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sentences"; readonly sentences: readonly string[] }
  | { readonly kind: "figure"; readonly figure: DrawnFigure }
  | { readonly kind: "table"; readonly table: Table }
  /** A long table, opened by who wants it; the page alone has it. */
  | { readonly kind: "fold"; readonly summary: string; readonly table: Table }
  | { readonly kind: "settings"; readonly settings: readonly Setting[] }
  /** The command that gives the same numbers. */
  | { readonly kind: "command"; readonly command: string };

/** A file of numbers beside the report. */
export interface DataFile {
  readonly fileName: string;
  /** What it has: "every number". */
  readonly holds: string;
  readonly text: string;
}

export const PART_NAMES = ["reproduce", "compare", "ablate", "worth", "tune"] as const;

/** What one command adds to a report. */
export interface ReportPart {
  /** The command's name; a report has one part of each, in the order of `PART_NAMES`. */
  readonly name: (typeof PART_NAMES)[number];
  readonly title: string;
  /** What was asked and how, in a few sentences. */
  readonly introduction: string;
  readonly blocks: readonly Block[];
  readonly files: readonly DataFile[];
}
