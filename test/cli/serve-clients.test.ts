import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stream } from "../../src/core/random/streams.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { type Serving, startServing, startServingWith } from "../support/serving.js";

let folder: TemporaryFolder;
let runs: string;
let id: string;
let server: Serving;
beforeAll(async () => {
  folder = await temporaryFolder();
  runs = join(folder.path, "runs");
  const trained = await pairlab(["train", "quick", "--pairs", "100", "--runs", runs, "--json"]);
  id = JSON.parse(trained.stdout).id;
  server = await startServing("--runs", runs);
}, 60_000);
afterAll(async () => {
  server?.kill();
  await folder.remove();
});

/** A client that reads only on request. */
async function client(url: string, request = ""): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  socket.pause();
  socket.write(request, "latin1");
  return socket;
}

const statusOf = async (path: string, url = server.url): Promise<number> => {
  const response = await fetch(new URL(path, url));
  await response.arrayBuffer();
  return response.status;
};

/** In MB; only Linux says it. */
async function memoryOf({ pid }: Serving): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000;
}

test("a client that does not read, and asks for 50 answers at once, takes no copy of any", async () => {
  const { dataset } = await (await fetch(new URL("site.json", server.url))).json();
  const images: string = dataset.files[0].path;
  expect(dataset.files[0].bytes).toBeGreaterThan(8e6);
  expect(await statusOf(images)).toBe(200);
  const before = await memoryOf(server);
  const request = `GET /${images} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(50);
  const clients = await Promise.all(Array.from({ length: 40 }, () => client(server.url, request)));
  // Each has had its turn when one that came later has.
  expect(await statusOf("")).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await memoryOf(server)).toBeLessThan(before + 100);
  for (const each of clients) each.destroy();
});

const METHODS = ["GET", "GET", "GET", "GET", "HEAD", "HEAD", "POST", "TRACE", "CONNECT", "PRI", "get", "G\0T", ""];
const PATHS = () => [
  "/",
  "/api/runs",
  `/api/runs/${id}`,
  `/api/runs/${id}/weights`,
  `/api/runs/${id}/../${id}`,
  `/api/runs/${id.toUpperCase()}`,
  "/api/runs/%00",
  "/api/runs/..%2f..%2fetc%2fpasswd",
  "/%2e%2e/%2e%2e/etc/passwd",
  "//localhost//api/runs",
  "/%ff%fe",
  "/%",
  "/\\..\\",
  "http://evil.example/",
  "*",
  "?",
  `/${"a".repeat(9000)}`,
  `/${"a".repeat(20_000)}`,
  "/a\r\nX-Injected: 1",
];
const HEADERS = [
  "Host: localhost",
  "Host: localhost",
  "Host: localhost",
  "Host: localhost\r\nHost: evil.example",
  "Host: evil.example",
  "Host: local host",
  "",
  "Host: localhost\r\nContent-Length: 5",
  "Host: localhost\r\nContent-Length: -1",
  "Host: localhost\r\nTransfer-Encoding: chunked",
  'Host: localhost\r\nIf-None-Match: \xff"',
  "Host: localhost\r\nExpect: 100-continue",
  "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade",
  "Host: localhost\r\nRange: bytes=0-1",
  `Host: localhost\r\nX: ${"y".repeat(17_000)}`,
];

test("whatever is asked is answered or ended, and nothing else suffers", async () => {
  const draws = new Stream(1, "search");
  const draw = <T>(from: readonly T[]): T => from[draws.below(from.length)] as T;
  const paths = PATHS();
  const allowed = new Set([100, 200, 304, 400, 403, 404, 405, 417, 431]);
  for (let round = 0; round < 12; round++) {
    const clients = Array.from({ length: 25 }, async () => {
      const head = `${draw(METHODS)} ${draw(paths)} HTTP/1.${draw(["1", "1", "1", "0", "7"])}\r\n${draw(HEADERS)}\r\nConnection: close\r\n\r\n`;
      // Some send a part, and go.
      const whole = draws.below(4) > 0;
      const socket = await client(server.url, whole ? head : head.slice(0, draws.below(head.length)));
      const closed = once(socket, "close");
      let said = "";
      socket.on("data", (chunk) => {
        said += chunk.toString("latin1");
      });
      socket.resume();
      // The end of what is sent is the end of a request's body too.
      socket.end();
      await closed;
      const status = /^HTTP\/1\.1 (\d+)/.exec(said)?.[1];
      if (status !== undefined)
        expect([head.slice(0, 80), allowed.has(Number(status)), status]).toEqual([head.slice(0, 80), true, status]);
      expect(said.toLowerCase().split("\r\n\r\n")[0]).not.toContain("x-injected");
    });
    await Promise.all(clients);
  }
  expect(await statusOf("")).toBe(200);
  expect(await statusOf(`api/runs/${id}/weights`)).toBe(200);
  expect(server.stderr()).toBe("");
});

test("idle connections leave handles for what is asked for first", async () => {
  const few = await startServingWith(256, "--runs", runs);
  const idle = await Promise.all(Array.from({ length: 230 }, () => client(few.url)));
  expect(await statusOf("api/runs", few.url)).toBe(200);
  expect(await statusOf(`api/runs/${id}`, few.url)).toBe(200);
  for (const each of idle) each.destroy();
  expect(await statusOf("api/runs", few.url)).toBe(200);
  expect(await few.stop()).toEqual({ code: 0, stderr: "" });
});

test("the page has the licences of all that it ships", async () => {
  const response = await fetch(new URL("licenses.txt", server.url));
  expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
  const parts = (await response.text()).split(`\n${"-".repeat(80)}\n`).map((part) => part.trim());
  const names = parts.map((part) => /^(\S+) \d+\.\d+\.\d+ \(/.exec(part)?.[1]);
  for (const name of [
    "pairlab",
    "preact",
    "@preact/signals",
    "@noble/hashes",
    "pure-rand",
    "@observablehq/plot",
    "d3-scale",
  ])
    expect(names).toContain(name);
  for (const part of parts) expect(part).toMatch(/copyright|CC BY-SA/i);
});
