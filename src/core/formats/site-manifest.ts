/** One of the four IDX files that make a data set. */
export type FileRole = "train images" | "train labels" | "test images" | "test labels";

/** An IDX file as the page fetches it, gzipped. */
export interface SiteFile {
  readonly role: FileRole;
  /** MNIST's own, such as "train-images-idx3-ubyte". */
  readonly name: string;
  /** Relative to the page. */
  readonly path: string;
  /** Of the gzipped file. */
  readonly bytes: number;
  /** Bytes, decompressed. */
  readonly size: number;
  /** Of the decompressed file: 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** `site.json`, beside the page's `index.html`: what the page finds where it is served. */
export interface SiteManifest {
  /** Of pairlab. */
  readonly version: string;
  readonly dataset: {
    readonly name: string;
    /** Train images, train labels, test images, test labels. */
    readonly files: readonly SiteFile[];
  };
  /** Where the run store is asked for, relative to the page; null where there is none, as in a static folder. */
  readonly runs: string | null;
}
