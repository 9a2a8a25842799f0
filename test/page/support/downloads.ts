import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { expect } from "vitest";
import type { RunRecordJson } from "../../../src/core/index.js";
import type { Visitor } from "./visitor.js";

/** Has a Chromium page put what is downloaded into a folder of this machine. */
export async function keepDownloads(page: Page, folder: string): Promise<void> {
  const session = await page.createCDPSession();
  const { id } = page.browserContext();
  await session.send("Browser.setDownloadBehavior", {
    behavior: "allow",
    downloadPath: folder,
    ...(id !== undefined && { browserContextId: id }),
  });
}

/** A file that was downloaded, once it is there to its end. */
export async function downloaded(folder: string, name: string): Promise<Buffer> {
  // A browser keeps the name with an empty file, writes under another name, and renames at the end.
  const file = join(folder, name);
  const sizeNow = async () => (await stat(file).catch(() => undefined))?.size ?? 0;
  await expect.poll(sizeNow, { timeout: 60_000 }).toBeGreaterThan(0);
  return readFile(file);
}

/** The records of a Chromium page's runs as it offers them, by their ids. @param folder  for this download alone */
export async function recordsOf(visitor: Visitor, folder: string): Promise<RunRecordJson[]> {
  await keepDownloads(visitor.page, folder);
  await visitor.press("Download the records");
  const records: RunRecordJson[] = JSON.parse((await downloaded(folder, "pairlab-records.json")).toString());
  return records.toSorted(({ id }, other) => id.localeCompare(other.id));
}
