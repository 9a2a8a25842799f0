import { createHash } from "node:crypto";
import type { Context } from "hono";

/** The answer to a GET request. All clients that are sent it share its bytes. */
export interface Resource {
  readonly body: Uint8Array<ArrayBuffer>;
  /** The media type. */
  readonly type: string;
  /** Changes with the body; in double quotes. */
  readonly etag: string;
  /** Whether the body under this address never changes: its name has its hash. */
  readonly immutable?: boolean;
}

/** An entity tag that follows from the bytes. */
export const etagOf = (body: string | Uint8Array): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;

/** A JSON text as a resource. */
export function jsonResource(text: string): Resource {
  const body = new TextEncoder().encode(text);
  return { body, type: "application/json", etag: etagOf(body) };
}

/** The resource, or 304 where the client says that it has it. */
export function respond(c: Context, { body, type, etag, immutable = false }: Resource): Response {
  const headers = { etag, "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache" };
  if (isKnown(c.req.header("if-none-match"), etag)) return c.body(null, 304, headers);
  const whole = { ...headers, "content-type": type, "content-length": String(body.byteLength) };
  if (c.req.method === "HEAD") return c.body(null, 200, whole);
  return c.body(inSlices(body), 200, whole);
}

const isKnown = (known: string | undefined, etag: string): boolean =>
  known?.split(",").some((each) => ["*", etag].includes(each.trim().replace(/^W\//, ""))) ?? false;

/** Bytes that are passed on at a time. */
const SLICE = 2 ** 16;

/** Views of the bytes, each when the one before has gone out. A response of the bytes themselves would hold a copy of them. */
function inSlices(body: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (sent < body.byteLength) controller.enqueue(body.subarray(sent, sent + SLICE));
        sent += SLICE;
        if (sent >= body.byteLength) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** One line that says why there is no answer: as JSON from the API, else as text. */
export function refuse(c: Context, status: 403 | 404 | 405 | 409 | 500 | 503, line: string): Response {
  c.header("cache-control", "no-store");
  if (status === 503) c.header("retry-after", "1");
  return c.req.path.startsWith("/api/") ? c.json({ error: line }, status) : c.text(`${line}\n`, status);
}
