import type { Setting } from "../../core/experiments/shared/method.js";
import type { TextBlock } from "../../core/text/block.js";
import type { Table } from "../../core/text/table.js";

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
  | TextBlock
  | { readonly kind: "figure"; readonly figure: DrawnFigure }
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

/** What one command adds to a report. */
export interface ReportPart {
  /** The experiment's; a report has one part of each. */
  readonly name: string;
  readonly title: string;
  /** What was asked and how, in a few sentences. */
  readonly introduction: string;
  readonly blocks: readonly Block[];
  readonly files: readonly DataFile[];
}
