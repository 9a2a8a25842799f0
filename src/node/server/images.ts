import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { SiteFile, SiteManifest } from "../../site/site-manifest.js";
import type { DataFile } from "../data/files.js";
import { packageVersion } from "../version.js";

/** An IDX file as the page fetches it. */
export interface ZippedFile {
  readonly file: SiteFile;
  /** The gzip file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Gzips data files, each beside the others and off this thread.
 *
 * @param level  zlib's, from 1 (fastest) to 9 (smallest)
 */
export function zipImages(files: readonly DataFile[], level: number): Promise<ZippedFile[]> {
  return Promise.all(
    files.map(async ({ role, name, size, bytes, actualSha256 }) => {
      const zipped = new Uint8Array(await promisify(gzip)(bytes, { level }));
      const path = `data/${name}.gz`;
      return { file: { role, name, path, bytes: zipped.length, size, sha256: actualSha256 }, bytes: zipped };
    }),
  );
}

/** @param runs  where the run store is served; null if there is none */
export const siteManifest = (name: string, images: readonly ZippedFile[], runs: string | null): SiteManifest => ({
  version: packageVersion(),
  dataset: { name, files: images.map(({ file }) => file) },
  runs,
});
