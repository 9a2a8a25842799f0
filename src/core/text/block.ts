import type { Table } from "./table.js";

/** A part of a text, for a terminal or a page to lay out. */
export type TextBlock =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sentences"; readonly sentences: readonly string[] }
  | { readonly kind: "table"; readonly table: Table };

export const tableBlock = (table: Table): TextBlock => ({ kind: "table", table });

export const sentencesBlock = (sentences: readonly string[]): TextBlock => ({ kind: "sentences", sentences });
