import type { Shape } from "../../core/network/index.js";
import { wrapped as wrappedAt } from "../../core/text/wrap.js";

/** The elements of a network's picture. Lengths are CSS pixels at its own size. y grows downwards. */
export interface Drawing {
  readonly width: number;
  height: number;
  readonly frames: Frame[];
  readonly boxes: Box[];
  readonly arrows: Arrow[];
  readonly activations: Activations[];
  readonly labels: Label[];
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A frame around a part of the network. `copies` are drawn behind one another. */
export interface Frame extends Area {
  readonly copies: number;
}

export interface Box extends Area {
  readonly kind: "image" | "layers" | "sum" | "rule" | "answer" | "loss";
}

export type Point = readonly [x: number, y: number];

/** An arrow with its head at the last point. A skip goes around a residual layer's body. A loss starts at what has that loss. */
export interface Arrow {
  readonly kind: "flow" | "skip" | "loss";
  readonly points: readonly Point[];
}

/** Activations, drawn to scale. */
export interface Activations extends Area {
  readonly shape: Shape;
}

export interface Label {
  readonly kind: "title" | "text" | "shape" | "parameters" | "part" | "total";
  readonly text: string;
  readonly anchor: "start" | "middle" | "end";
  readonly x: number;
  /** The height of the text's middle. */
  readonly y: number;
}

export function drawArrow(drawing: Drawing, kind: Arrow["kind"], ...points: readonly Point[]): void {
  drawing.arrows.push({ kind, points });
}

/** Font sizes, and the height of a line. */
export const SIZES: Readonly<Record<Label["kind"], number>> = {
  title: 12,
  text: 11,
  shape: 11,
  parameters: 11,
  part: 11,
  total: 12,
};
export const LINE = 15;
const BOLD: ReadonlySet<Label["kind"]> = new Set(["title", "total"]);

/** Widths of characters in DejaVu Sans, the widest of the usual sans-serif fonts, as parts of the font size. */
const WIDTHS: readonly (readonly [characters: string, width: number])[] = [
  ["iIjl.,:;' ", 0.32],
  ["ft-r()[]", 0.41],
  ["ckszvxyJ", 0.6],
  ["mwMWOQ@+=×≤→⊕NGDH", 0.84],
];
const USUAL_WIDTH = 0.64;

/** The width of a text, estimated rather too large than too small. */
export function textWidth(kind: Label["kind"], text: string): number {
  let ems = 0;
  for (const character of text)
    ems += WIDTHS.find(([characters]) => characters.includes(character))?.[1] ?? USUAL_WIDTH;
  return ems * SIZES[kind] * (BOLD.has(kind) ? 1.12 : 1);
}

/** A blank at which a line may end. The one in "stride 2" is not. */
const BLANK = /(?<![a-z]) | (?!\d)/;

/** Breaks a text into lines at most `most` wide, except where a word is wider. */
export const wrapped = (kind: Label["kind"], text: string, most: number): string[] =>
  wrappedAt(
    text.split(BLANK).map((word) => `${word} `),
    most,
    (line) => textWidth(kind, line),
  );
