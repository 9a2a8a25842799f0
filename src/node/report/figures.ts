import type { FigureDocument } from "../../core/figures/index.js";

type Figures = typeof import("../../core/figures/index.js");

/** The figures' code and a document to draw in. Loading them takes a second, so only commands that draw load them. */
export async function figureTools(): Promise<{ readonly figures: Figures; readonly document: FigureDocument }> {
  const [{ parseHTML }, figures] = await Promise.all([import("linkedom"), import("../../core/figures/index.js")]);
  return { figures, document: parseHTML("<!doctype html><html></html>").document };
}
