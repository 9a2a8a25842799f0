import type { FigureTools } from "../../core/experiments/shared/part.js";

/** The figures' code and a document to draw in. Loading them takes a second, so only commands that draw load them. */
export async function figureTools(): Promise<FigureTools> {
  const [{ parseHTML }, figures] = await Promise.all([import("linkedom"), import("../../core/figures/index.js")]);
  return { figures, document: parseHTML("<!doctype html><html></html>").document };
}
