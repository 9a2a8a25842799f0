import { gunzipSync, gzipSync } from "node:zlib";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { sha256 } from "../../../test/support/stored.js";
import { RunStore } from "../runs/store.js";
import { siteApp } from "./app.js";
import type { ZippedFirst } from "./first-pairs.js";
import { securityHeaders } from "./guard.js";
import { isOwnHost } from "./hosts.js";
import type { ZippedFile } from "./images.js";
import { etagOf, type Resource } from "./resource.js";
import { StoreView } from "./store-view.js";

const textOf = (body: string, type: string, immutable = false): Resource => ({
  body: new TextEncoder().encode(body),
  type,
  etag: etagOf(body),
  immutable,
});
const page = new Map([
  ["index.html", textOf("<p>page", "text/html; charset=utf-8")],
  ["assets/index-B2x_9Qa1.js", textOf("let a", "text/javascript; charset=utf-8", true)],
]);
const raw = new Uint8Array(1000).fill(7);
const bytes = new Uint8Array(gzipSync(raw));
const zipped: ZippedFile = {
  file: {
    role: "train images",
    name: "train-images-idx3-ubyte",
    path: "data/train-images-idx3-ubyte.gz",
    bytes: bytes.length,
    size: raw.length,
    sha256: sha256(raw),
  },
  bytes,
};

const siteWith = (files: Promise<readonly ZippedFile[]>, first?: Promise<ZippedFirst | undefined>) => {
  const store = new RunStore("/nowhere/runs");
  const app = siteApp({
    page,
    images: { identity: { name: "MNIST" }, files, ...(first && { first }) },
    store,
    listing: new StoreView(store),
    isAllowedHost: (header) => isOwnHost(header, "127.0.0.1"),
  });
  return (path: string, init: RequestInit = {}) =>
    app.request(path, { ...init, headers: { host: "localhost:8414", ...init.headers } });
};
const request = siteWith(Promise.resolve([zipped]));

test("the page is at the root, checked for news each time; what has a hash in its name is kept", async () => {
  const index = await request("/");
  expect(index.status).toBe(200);
  expect(await index.text()).toBe("<p>page");
  expect(index.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(index.headers.get("cache-control")).toBe("no-cache");
  expect(await (await request("/index.html")).text()).toBe("<p>page");
  const asset = await request("/assets/index-B2x_9Qa1.js");
  expect(asset.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
});

test("site.json names the images, and each is there", async () => {
  const response = await request("/site.json");
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("cache-control")).toBe("no-cache");
  const manifest = await response.json();
  expect(manifest).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    dataset: { name: "MNIST", files: [zipped.file] },
    runs: "api/runs",
  });
  const data = await request(`/${manifest.dataset.files[0].path}`);
  expect(data.headers.get("content-type")).toBe("application/gzip");
  // The client unzips it, not the browser.
  expect(data.headers.get("content-encoding")).toBeNull();
  expect(new Uint8Array(gunzipSync(await data.arrayBuffer()))).toEqual(raw);
});

test("site.json names the first pairs where there are such, and these are there", async () => {
  const { role: _, ...named } = { ...zipped.file, name: "first-pairs", path: "data/first-pairs.gz" };
  const file = { ...named, seed: 0, trainPairs: 1, testPairs: 1, height: 14, width: 14 };
  const files = Promise.resolve([zipped]);
  const withFirst = siteWith(files, Promise.resolve({ file, bytes }));
  expect((await (await withFirst("/site.json")).json()).dataset).toEqual({
    name: "MNIST",
    files: [zipped.file],
    first: file,
  });
  const data = await withFirst("/data/first-pairs.gz");
  expect([data.status, data.headers.get("content-encoding")]).toEqual([200, null]);
  expect(new Uint8Array(await data.arrayBuffer())).toEqual(bytes);
  const without = siteWith(files, Promise.resolve(undefined));
  expect((await (await without("/site.json")).json()).dataset).toEqual({ name: "MNIST", files: [zipped.file] });
  expect((await without("/data/first-pairs.gz")).status).toBe(404);
});

test("the page does not wait for the images", async () => {
  const waiting = siteWith(new Promise(() => {}));
  expect((await waiting("/")).status).toBe(200);
  expect((await waiting("/assets/index-B2x_9Qa1.js")).status).toBe(200);
  expect((await waiting("/assets/other.js")).status).toBe(404);
});

test("what the client has is not sent again", async () => {
  for (const path of [
    "/",
    "/assets/index-B2x_9Qa1.js",
    "/site.json",
    "/data/train-images-idx3-ubyte.gz",
    "/api/runs",
  ]) {
    const etag = (await request(path)).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]+"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await request(path, { headers: { "if-none-match": known } });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe("");
      expect(again.headers.get("etag")).toBe(etag);
    }
    expect((await request(path, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  }
});

test("every answer keeps other sites away", async () => {
  const answers = [
    await request("/"),
    await request("/", { headers: { "if-none-match": "*" } }),
    await request("/site.json"),
    await request("/api/runs"),
    await request("/api/runs/nonsense"),
    await request("/nothing"),
    await request("/", { method: "POST" }),
    await request("/", { headers: { host: "evil.example" } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 304, 200, 200, 404, 404, 405, 403]);
  for (const { headers } of answers) {
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "img-src 'self' blob: data:",
      "connect-src 'self'",
      "worker-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});

test("what can be no document has no headers about documents, and all others", async () => {
  const types = {
    "text/css; charset=utf-8": false,
    "application/gzip": false,
    "image/svg+xml": true,
    "text/javascript": true,
  };
  for (const [type, isDocument] of Object.entries(types)) {
    const app = new Hono().use(securityHeaders).get("/", (c) => c.body("", 200, { "content-type": type }));
    const { headers } = await app.request("/");
    for (const name of ["content-security-policy", "cross-origin-opener-policy"])
      expect({ type, name, is: headers.has(name) }).toEqual({ type, name, is: isDocument });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  }
});

test("a name that another site has lead here gets one line, on every path", async () => {
  for (const path of ["/", "/site.json", "/api/runs"]) {
    const response = await request(path, { headers: { host: "evil.example:8414" } });
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(/"?evil\.example:8414\\?" is not where this server listens/);
  }
});

test("nothing can be changed", async () => {
  for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
    const response = await request("/api/runs", { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  }
  const head = await request("/", { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe("");
});

test.each([
  "/../package.json",
  "/assets/../../package.json",
  "/assets/%2e%2e/%2e%2e/package.json",
  "/assets/..%2f..%2fpackage.json",
  "/%2e%2e%2fpackage.json",
  "/..%5cpackage.json",
  "/data/..%2f..%2f..%2fetc%2fpasswd",
  "//etc/passwd",
  "/assets",
  "/assets/",
  "/%00",
  "/%zz",
  "/api/runs/..%2f..%2fpackage.json",
  "/api/runs/%2e%2e",
  "/__proto__",
])("no address leads out of the page: %s", async (path) => {
  expect((await request(`http://localhost:8414${path}`)).status).toBe(404);
});
