import type { MiddlewareHandler } from "hono";
import { inShort, quoted } from "../../core/given.js";
import { PAGE_POLICY } from "../../site/page-policy.js";
import { refuse } from "./resource.js";

/** Only a header can say that no other page may show this one. */
const CONTENT_SECURITY_POLICY = [...PAGE_POLICY, "frame-ancestors 'none'"].join("; ");

const HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  // With both, workers of the page may share memory.
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
};

/** Headers about documents and workers, and what can be neither where browsers do not guess at types. */
const OF_DOCUMENTS: readonly string[] = ["content-security-policy", "cross-origin-opener-policy"];
const NO_DOCUMENT = /^(text\/css|application\/(wasm|gzip|octet-stream))\b/;

/** Adds to every answer the headers that keep other sites' pages away from this one, and this one from other sites. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const isPlain = NO_DOCUMENT.test(c.res.headers.get("content-type") ?? "");
  for (const [name, value] of Object.entries(HEADERS))
    if (!(isPlain && OF_DOCUMENTS.includes(name))) c.res.headers.set(name, value);
};

/**
 * Refuses requests whose Host header names another machine: a page of another site may have its own name lead to this
 * machine (DNS rebinding), and would then read what is served here.
 */
export function onlyHosts(isAllowed: (host: string) => boolean): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("host") ?? "";
    if (isAllowed(host)) return next();
    return refuse(
      c,
      403,
      `${quoted(host)} is not where this server listens: ask for its address, for localhost, or for the name given with --host`,
    );
  };
}

/** Nothing here can be changed over HTTP. */
export const onlyReading: MiddlewareHandler = async (c, next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD") return next();
  c.header("allow", "GET, HEAD");
  return refuse(c, 405, `${inShort(c.req.method)} does nothing here: only GET and HEAD are answered`);
};
