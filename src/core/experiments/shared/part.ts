import type { FigureDocument } from "../../figures/index.js";
import { stringifyJson } from "../../formats/json.js";
import type { TextBlock } from "../../text/block.js";
import type { Table } from "../../text/table.js";
import type { Setting } from "./method.js";

/** The figures' code and a document to draw in, as whoever loads them passes them on: they are large. */
export interface FigureTools {
  readonly figures: typeof import("../../figures/index.js");
  readonly document: FigureDocument;
}

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
  /** A long table, closed until a reader opens it; only the page has it. */
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

/** What an experiment writes in a report, beside its result as JSON. */
export interface PartContent {
  readonly title: string;
  /** What was asked and how, in a few sentences. */
  readonly introduction: string;
  readonly blocks: readonly Block[];
  readonly files: readonly DataFile[];
}

/** What an experiment adds to a report, which has one part of each. */
export interface ReportPart extends PartContent {
  /** The experiment's. */
  readonly name: string;
}

/** The part of an experiment: its content, and as the first of its files the result, which the command line also prints. */
export const partOf = (name: string, result: unknown, content: PartContent): ReportPart => ({
  name,
  ...content,
  files: [{ fileName: `${name}.json`, holds: "every number", text: `${stringifyJson(result, 2)}\n` }, ...content.files],
});
