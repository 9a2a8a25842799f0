import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { FetchedFile } from "../../site/site-manifest.js";

/** The name of the cache that keeps verified files between visits. */
export const STORE = "pairlab-images-1";

/** The first two bytes of every gzip file (RFC 1952). */
const GZIP = [0x1f, 0x8b] as const;

export interface FileSource {
  /** The base of `path`. */
  readonly root: string;
  /** Absent where the browser keeps nothing, for example because the page's origin is not secure. */
  readonly store?: Pick<Cache, "match" | "put" | "delete"> | undefined;
  readonly fetch: (url: string, options: { readonly cache: HttpCache }) => Promise<Response>;
}

/** What the browser's own HTTP cache has to do with a request, in the words of `fetch`. */
type HttpCache = "no-store" | "no-cache" | "reload";

/**
 * Reads a gzipped file that the browser has kept, or fetches and keeps it. Its SHA-256 is checked either way. Where there is no store,
 * the browser's own cache keeps the file, and asks the server whether it is still the same.
 *
 * @param onLoaded  called with the number of bytes so far
 * @returns the decompressed file
 * @throws Error with one line where the file cannot be fetched or came damaged; a damaged file is not kept
 */
export async function loadFile(
  { root, store, fetch }: FileSource,
  file: FetchedFile,
  onLoaded: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(file.path, root).href;
  const kept = await store?.match(url);
  if (kept) {
    const bytes = await decompress(file, kept, onLoaded).catch(() => undefined);
    if (bytes) return bytes;
    await store?.delete(url);
  }
  if (!store) return fetchRevalidated(fetch, url, file, onLoaded);
  const response = await fetchWhole(fetch, url, file, "no-store");
  const copy = response.clone();
  const bytes = await decompress(file, response, onLoaded);
  // A browser without room for the file fetches it again next time.
  await store.put(url, copy).catch(() => {});
  return bytes;
}

/**
 * The browser's own cache returns a damaged file for as long as the server's is unchanged: what comes damaged is fetched once more, past
 * that cache.
 */
async function fetchRevalidated(
  fetch: FileSource["fetch"],
  url: string,
  file: FetchedFile,
  onLoaded: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const held = await fetchWhole(fetch, url, file, "no-cache");
  try {
    return await decompress(file, held, onLoaded);
  } catch {
    return decompress(file, await fetchWhole(fetch, url, file, "reload"), onLoaded);
  }
}

async function fetchWhole(
  fetch: FileSource["fetch"],
  url: string,
  { name }: FetchedFile,
  cache: HttpCache,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { cache });
  } catch {
    throw new Error(`${name} cannot be fetched: there is no connection to ${new URL(url).host}`);
  }
  if (!response.ok) throw new Error(`${name} cannot be fetched: the server answers ${response.status}`);
  return response;
}

/** @throws Error where the body is not the whole file */
async function decompress(
  { name, bytes: zipped, size, sha256: expected }: FetchedFile,
  { body }: Response,
  onLoaded: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const damaged = (what: string) => new Error(`${name} came damaged: ${what}. Fetch it again`);
  if (!body) throw damaged("it is empty");
  // The browser may have decompressed it already, if the server asked for that.
  const most = Math.max(zipped, size);
  const bytes = new Uint8Array(size);
  let [filled, loaded] = [0, 0];
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(part, controller) {
        loaded += part.length;
        // The check comes before decompression, which may make a thousand times more of it.
        if (loaded > most) throw damaged(`it has more than ${most} bytes`);
        onLoaded(loaded);
        controller.enqueue(part);
      },
    }),
  );
  try {
    for await (const part of partsOf(await plain(counted))) {
      if (filled + part.length > size) throw damaged(`it has more than ${size} bytes`);
      bytes.set(part, filled);
      filled += part.length;
    }
  } catch (error) {
    throw error instanceof Error && error.message.startsWith(name) ? error : damaged("it is not a whole gzip file");
  }
  if (filled < size) throw damaged(`it has ${filled} bytes of ${size}`);
  const actual = bytesToHex(await digestOf(bytes));
  if (actual !== expected) throw damaged(`its SHA-256 is ${actual.slice(0, 12)}…, not ${expected.slice(0, 12)}…`);
  return bytes;
}

/** The browser's own takes a sixth of the time. It has none where the page's origin is not secure. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
  return subtle ? new Uint8Array(await subtle.digest("SHA-256", bytes)) : sha256(bytes);
}

/** Decompresses the stream, if the browser has not done so already. */
async function plain(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const reader = body.getReader();
  const first = await reader.read();
  const rest = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      if (first.value) controller.enqueue(first.value);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const isZipped = GZIP.every((byte, i) => first.value?.[i] === byte);
  return isZipped ? rest.pipeThrough(new DecompressionStream("gzip")) : rest;
}

/** A stream's parts. Not every browser can iterate over a stream. */
async function* partsOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
