import { Hono } from "hono";
import { expect, test } from "vitest";
import { etagOf, respond } from "./resource.js";

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
