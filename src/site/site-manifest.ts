import { MOST_BYTES } from "../core/data/idx.js";

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
  /** The address of the run store, relative to the page; null if there is none, as in a static folder. */
  readonly runs: string | null;
}

const ROLES: readonly FileRole[] = ["train images", "train labels", "test images", "test labels"];

/** Whether parsed JSON is a manifest: code that fetches files allocates memory for the sizes that it names. */
export function isSiteManifest(value: unknown): value is SiteManifest {
  const { version, dataset, runs } = fieldsOf(value);
  const { name, files } = fieldsOf(dataset);
  const isSite = typeof version === "string" && typeof name === "string" && (runs === null || typeof runs === "string");
  return (
    isSite &&
    Array.isArray(files) &&
    files.length === ROLES.length &&
    files.every((file, i) => isSiteFile(file, ROLES[i] as FileRole))
  );
}

function isSiteFile(value: unknown, due: FileRole): value is SiteFile {
  const { role, name, path, bytes, size, sha256 } = fieldsOf(value);
  return (
    role === due &&
    typeof name === "string" &&
    typeof path === "string" &&
    [bytes, size].every(
      (count) => Number.isSafeInteger(count) && (count as number) >= 0 && (count as number) <= MOST_BYTES,
    ) &&
    typeof sha256 === "string" &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
