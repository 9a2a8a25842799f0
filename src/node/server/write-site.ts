import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import type { SiteManifest } from "../../site/site-manifest.js";
import { datasetOf } from "../data/dataset.js";
import { idxFiles, readDataFiles } from "../data/files.js";
import { codeOf } from "../errors.js";
import { cannot, makeFolder, type NewFile, writeInOrder } from "../files.js";
import { readTextWithin } from "../read.js";
import { firstPairs } from "./first-pairs.js";
import { bytesOf, siteManifest, zipImages } from "./images.js";
import { PAGE_FOLDER, readPage } from "./page-files.js";

const MANIFEST = "site.json";
/** The folder of the page's scripts and styles. */
const ASSETS = "assets";
const MOST_MANIFEST_BYTES = 2 ** 16;
/** Of zlib: a static site's images are compressed once and fetched often. */
const SMALLEST = 9;

/** A folder that was written. */
export interface WrittenSite {
  readonly files: number;
  readonly bytes: number;
}

export interface SiteOptions {
  /** The folder of the built page. */
  readonly page?: string;
  /** Of compression, from 1 (fastest) to 9 (smallest). */
  readonly level?: number;
}

/**
 * Writes the page, MNIST's images and those of the first pairs into a folder that any static host can serve, under any path. An existing site is
 * replaced; files beside it that are not the page's stay.
 *
 * @throws InvalidRequest if the page is not built, the images are not MNIST's own, or the folder has other things in it
 */
export async function writeSite(
  folder: string,
  { page = PAGE_FOLDER, level = SMALLEST }: SiteOptions = {},
): Promise<WrittenSite> {
  const pageFiles = readPage(page);
  await requireSite(folder);
  const files = await readDataFiles(idxFiles());
  const dataset = datasetOf(files);
  const { name } = dataset.identity;
  const images = await zipImages(files, level);
  const first = await firstPairs(dataset, bytesOf(images));
  const manifest = `${JSON.stringify(siteManifest(name, images, null, undefined, undefined, first), null, 2)}\n`;
  const written: NewFile[] = [
    ...[...pageFiles].map(([path, { body }]): NewFile => [path, body]),
    ...[...images, ...(first ? [first] : [])].map(({ file, bytes }): NewFile => [file.path, bytes]),
    [MANIFEST, manifest],
  ];
  try {
    for (const parent of new Set(written.map(([path]) => dirname(join(folder, path))))) await makeFolder(parent);
  } catch (error) {
    throw cannot(`write in ${folder}`, error, "name a folder that can be written");
  }
  await writeInOrder(written.map(([path, body]) => [join(folder, path), body]));
  await removeOldAssets(
    folder,
    written.map(([path]) => path),
  );
  return { files: written.length, bytes: written.reduce((sum, [, body]) => sum + Buffer.byteLength(body), 0) };
}

/** Names of assets have hashes, so those of an earlier build would stay for ever. They are removed when the new ones are there. */
async function removeOldAssets(folder: string, written: readonly string[]): Promise<void> {
  try {
    for (const name of await readdir(join(folder, ASSETS))) {
      const path = `${ASSETS}/${name}`;
      const isNew = written.some((each) => each === path || each.startsWith(`${path}/`));
      if (!isNew) await rm(join(folder, path), { recursive: true, force: true });
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw cannot(`remove old files in ${join(folder, ASSETS)}`, error, "see who may write there");
  }
}

/** Other programs have files of that name too. */
async function hasManifest(folder: string): Promise<boolean> {
  try {
    const { version, dataset }: Partial<SiteManifest> = JSON.parse(
      await readTextWithin(join(folder, MANIFEST), MOST_MANIFEST_BYTES),
    );
    return typeof version === "string" && Array.isArray(dataset?.files);
  } catch {
    return false;
  }
}

/** If you name the wrong folder by mistake, you lose nothing. */
async function requireSite(folder: string): Promise<void> {
  try {
    const names = await readdir(folder);
    if (names.length > 0 && !(await hasManifest(folder)))
      throw new InvalidRequest(
        `${folder} holds something other than a site: name an empty folder, or one that does not exist`,
      );
  } catch (error) {
    if (error instanceof InvalidRequest) throw error;
    if (codeOf(error) !== "ENOENT") throw cannot(`read ${folder}`, error, "name another folder");
  }
}
