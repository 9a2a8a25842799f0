import { mkdir } from "node:fs/promises";
import { expect } from "vitest";
import type { PairMeasures } from "../../../src/core/index.js";
import { downloaded, keepDownloads } from "./downloads.js";
import type { Pages } from "./pages.js";
import type { Visitor } from "./visitor.js";

/**
 * Sees that the numbers which the page gives of the shown run are those of `pairlab evaluate`, as JSON.
 *
 * @param id  of the run, which is in the file's own store
 */
export async function checkMeasures(visitor: Visitor, pages: Pages, id: string): Promise<PairMeasures> {
  const folder = pages.at("downloads");
  await mkdir(folder, { recursive: true });
  await keepDownloads(visitor.page, folder);
  await visitor.press("Download the numbers");
  const ours = JSON.parse(String(await downloaded(folder, `pairlab-${id}-measures.json`)));
  // What was asked of the images is in the page's commands.
  const { dataset, ...theirs } = await pages.json<PairMeasures & { dataset: { asked?: unknown } }>("evaluate", id);
  const { asked: _, ...identity } = dataset;
  expect(ours).toEqual({ ...theirs, dataset: identity });
  return ours;
}
