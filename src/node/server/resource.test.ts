import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { etagOf, gzippable, jsonResource, respond, takesGzip } from "./resource.js";

const body = new Uint8Array(200_000).map((_, i) => i % 251);
const app = new Hono().get("/", (c) => respond(c, { body, type: "application/octet-stream", etag: etagOf(body) }));

test("bytes are sent as views of those that all share", async () => {
  const { headers, body: stream } = await app.request("/");
  expect(headers.get("content-length")).toBe("200000");
  const slices: Uint8Array[] = [];
  for await (const slice of stream as unknown as AsyncIterable<Uint8Array>) slices.push(slice);
  expect(slices.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 3392]);
  for (const { buffer } of slices) expect(buffer).toBe(body.buffer);
  expect(Buffer.concat(slices).equals(body)).toBe(true);
  expect(new Uint8Array(await (await app.request("/")).arrayBuffer())).toEqual(body);
});

test("HEAD says how long the answer would be; nothing has no slice", async () => {
  const head = await app.request("/", { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "200000", ""]);
  const empty = new Hono().get("/", (c) => respond(c, { body: new Uint8Array(), type: "text/plain", etag: '"empty"' }));
  expect(await (await empty.request("/")).text()).toBe("");
});

const text = "the same words again. ".repeat(500);
const json = gzippable(jsonResource(JSON.stringify(text)));
const texts = new Hono().get("/", (c) => respond(c, json));
const ask = (headers: Record<string, string>, method = "GET") => texts.request("/", { method, headers });
const GZIP = { "accept-encoding": "gzip, deflate, br" };

test("a text is gzipped for whoever takes that; either form has a tag, a length and a HEAD of its own", async () => {
  const [plain, zipped] = [await ask({}), await ask(GZIP)];
  expect(await plain.json()).toBe(text);
  expect([plain.headers.get("content-encoding"), zipped.headers.get("content-encoding")]).toEqual([null, "gzip"]);
  const bytes = new Uint8Array(await zipped.arrayBuffer());
  expect(JSON.parse(gunzipSync(bytes).toString())).toBe(text);
  expect(bytes.length).toBeLessThan(json.body.length / 10);
  const { headers } = zipped;
  expect([headers.get("content-length"), headers.get("content-type")]).toEqual([`${bytes.length}`, "application/json"]);
  for (const each of [plain, zipped]) expect(each.headers.get("vary")).toBe("accept-encoding");
  const tags = [plain, zipped].map((each) => each.headers.get("etag") ?? "");
  expect(new Set(tags).size).toBe(2);
  for (const [i, accepted] of [{}, GZIP].entries()) {
    const [own = "", other = ""] = i === 0 ? tags : tags.toReversed();
    const again = await ask({ ...accepted, "if-none-match": own });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect([again.headers.get("etag"), again.headers.get("vary")]).toEqual([own, "accept-encoding"]);
    expect((await ask({ ...accepted, "if-none-match": other })).status).toBe(200);
    const [head, got] = [await ask(accepted, "HEAD"), await ask(accepted)];
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(got.headers));
  }
});

test("it is gzipped once", () => {
  expect(json.zipped?.()).toBe(json.zipped?.());
});

test("what is compressed already, and what fits into a packet, is sent as it is", () => {
  const of = (type: string, length = 5000) => gzippable({ body: new Uint8Array(length), type, etag: '"a"' }).zipped;
  for (const type of [
    "text/html; charset=utf-8",
    "text/javascript; charset=utf-8",
    "text/plain",
    "application/json",
    "application/manifest+json",
    "image/svg+xml; charset=utf-8",
    "application/wasm",
  ])
    expect(of(type), type).toBeDefined();
  for (const type of ["application/gzip", "application/octet-stream", "image/png"]) expect(of(type)).toBeUndefined();
  expect(of("application/json", 999)).toBeUndefined();
});

test.each<[string | undefined, boolean]>([
  [undefined, false],
  ["", false],
  ["identity", false],
  ["br", false],
  ["gzip", true],
  ["GZip", true],
  ["br;q=1.0, gzip;q=0.2", true],
  ["gzip;q=0", false],
  ["gzip; q=0.000", false],
  ["*", true],
  ["*;q=0", false],
  ["gzip;q=0, *", false],
  ["gzip;q=much", false],
])("who sends Accept-Encoding %j takes gzip: %s", (accepted, takes) => expect(takesGzip(accepted)).toBe(takes));
