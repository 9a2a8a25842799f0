import { promisify } from "node:util";
import { gzip } from "node:zlib";

/**
 * A gzip file, made off this thread.
 *
 * @param level  zlib's, from 1 (fastest) to 9 (smallest)
 * @param strategy  zlib's, where another suits the bytes better
 */
export const gzipped = async (bytes: Uint8Array, level: number, strategy?: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await promisify(gzip)(bytes, { level, ...(strategy !== undefined && { strategy }) }));
