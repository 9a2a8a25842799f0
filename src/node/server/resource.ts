import { createHash } from "node:crypto";
import type { Context } from "hono";

/** What a GET request is answered with. */
export interface Resource {
  readonly body: string | Uint8Array<ArrayBuffer>;
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

/** The resource, or 304 where the client says that it has it. */
export function respond(c: Context, { body, type, etag, immutable = false }: Resource): Response {
  const headers = { etag, "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache" };
  if (isKnown(c.req.header("if-none-match"), etag)) return c.body(null, 304, headers);
  return c.body(body, 200, { ...headers, "content-type": type });
}

const isKnown = (known: string | undefined, etag: string): boolean =>
  known?.split(",").some((each) => ["*", etag].includes(each.trim().replace(/^W\//, ""))) ?? false;

/** One line that says why there is no answer: as JSON from the API, else as text. */
export function refuse(c: Context, status: 403 | 404 | 405 | 409 | 500, line: string): Response {
  c.header("cache-control", "no-store");
  return c.req.path.startsWith("/api/") ? c.json({ error: line }, status) : c.text(`${line}\n`, status);
}
