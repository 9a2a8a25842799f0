/** A file of images or labels as the site has it. */
export interface SiteFile {
  readonly role: string;
  readonly name: string;
  /** Relative to the site's root. */
  readonly path: string;
  /** Of the compressed file. */
  readonly bytes: number;
  /** Of the decompressed file. */
  readonly size: number;
  /** Of the decompressed file. */
  readonly sha256: string;
}

/** `site.json`: what a site has beside the page. */
export interface SiteManifest {
  readonly version: string;
  readonly dataset: { readonly name: string; readonly files: readonly SiteFile[] };
  /** Where the run store is; null where there is none. */
  readonly runs: string | null;
}
