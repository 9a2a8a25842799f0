import { createHash } from "node:crypto";
import type { Context } from "hono";
import { gzipped } from "./gzipped.js";

/** The answer to a GET request. All clients that are sent it share its bytes. */
export interface Resource {
  readonly body: Uint8Array<ArrayBuffer>;
  /** The media type. */
  readonly type: string;
  /** Changes with the body; in double quotes. */
  readonly etag: string;
  /** Whether the body under this address never changes: its name has its hash. */
  readonly immutable?: boolean;
  /** The body gzipped, for clients that take it. It has an entity tag of its own. */
  readonly zipped?: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** An entity tag that follows from the bytes. */
export const etagOf = (body: string | Uint8Array): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;

/** A JSON text as a resource. */
export function jsonResource(text: string): Resource {
  const body = new TextEncoder().encode(text);
  return { body, type: "application/json", etag: etagOf(body) };
}

/** Of zlib: a body is gzipped once, and sent often. */
const SMALLEST = 9;
/** Of less, gzip saves no packet. */
const FEWEST_BYTES = 1000;
/** Types of texts, and of WebAssembly. What else the page has is compressed already. */
const TEXT = /^text\/|[/+](?:json|xml|javascript)\b|^application\/wasm$/;

/** The same resource, gzipped when a client first asks for that, if it is a text that is worth it. */
export function gzippable(resource: Resource): Resource {
  const { body, type } = resource;
  if (!TEXT.test(type) || body.byteLength < FEWEST_BYTES) return resource;
  let made: Promise<Uint8Array<ArrayBuffer>> | undefined;
  return {
    ...resource,
    zipped: () => {
      made ??= gzipped(body, SMALLEST);
      return made;
    },
  };
}

/** The resource, gzipped where the client takes that, or 304 where the client says that it has it. */
export async function respond(
  c: Context,
  { body, type, etag, immutable = false, zipped }: Resource,
): Promise<Response> {
  const zip = takesGzip(c.req.header("accept-encoding")) ? zipped : undefined;
  const tag = zip ? etag.replace(/"$/, '-gzip"') : etag;
  const headers = {
    etag: tag,
    "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache",
    ...(zipped && { vary: "accept-encoding" }),
  };
  if (isKnown(c.req.header("if-none-match"), tag)) return c.body(null, 304, headers);
  const sent = zip ? await zip() : body;
  const whole = {
    ...headers,
    "content-type": type,
    "content-length": String(sent.byteLength),
    ...(zip && { "content-encoding": "gzip" }),
  };
  if (c.req.method === "HEAD") return c.body(null, 200, whole);
  return c.body(inSlices(sent), 200, whole);
}

/** Whether a client takes gzip by its Accept-Encoding (RFC 9110): a weight of 0 says no, and * stands for what is not named. */
export function takesGzip(accepted = ""): boolean {
  const weights = new Map(
    accepted
      .toLowerCase()
      .split(",")
      .map((each): [string, number] => {
        const [coding = "", ...parameters] = each.split(";").map((part) => part.trim());
        const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
        return [coding, weight === undefined ? 1 : Number(weight)];
      }),
  );
  return (weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0) > 0;
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
