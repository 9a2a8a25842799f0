import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeSite } from "../../src/node/server/write-site.js";
import { usePages } from "./support/pages.js";

const pages = usePages({ images: "few" });

/** Where the build puts the page. */
const PAGE = fileURLToPath(new URL("../../dist/web", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".gz": "application/gzip",
};

/** The site under /a/folder/ and nothing else, as a static host has it. */
let host: Server;
let site = "";
beforeAll(async () => {
  await writeSite(pages.at("site"), { page: PAGE, level: 1 });
  host = createServer(async ({ url = "" }, response) => {
    const path = /^\/a\/folder\/([^?]*)/.exec(url)?.[1];
    const file = join(pages.at("site"), normalize(`/${path || "index.html"}`));
    const body = path === undefined ? undefined : await readFile(file).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "text/plain" }).end(body);
  });
  host.listen(0, "127.0.0.1");
  await once(host, "listening");
  site = `http://127.0.0.1:${(host.address() as AddressInfo).port}/a/folder/`;
});
afterAll(() => {
  host.close();
  host.closeAllConnections();
});

test("the folder works under any path: it trains MNIST to the same bits, asks nobody else, and comes with little script", async () => {
  const visitor = await pages.firstVisitor(site);
  const asked: string[] = [];
  visitor.page.on("request", (request) => asked.push(request.url()));
  await visitor.open("#/train?networks=quick&rounds=1");
  const scripts = [...new Set(asked)].filter((url) => new URL(url).pathname.endsWith(".js"));
  const bytes = await Promise.all(
    scripts.map(async (url) => gzipSync(await readFile(join(pages.at("site"), url.slice(site.length)))).length),
  );
  // The page itself, the worker that reads images, and what keeps the page for later.
  expect(bytes.length).toBeGreaterThanOrEqual(2);
  expect(bytes.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(200_000);

  expect(await visitor.texts("nav a")).toEqual(["Train", "Worth", "Look inside", "Draw", "Your pictures", "Runs"]);
  await visitor.train();
  expect(await visitor.hashes()).toEqual({ "quick 0": await hashOfQuick() });
  await visitor.press("Look inside", "link");
  await visitor.sees("It is wrong on");
  for (const url of asked)
    expect(url.startsWith(site) || url.startsWith(`blob:${new URL(site).origin}`), url).toBe(true);
});

/** Of MNIST itself, which the folder has. */
async function hashOfQuick(): Promise<string> {
  const record = JSON.parse(await pages.ofMnist("train", "quick", "--json"));
  return record.weightsSha256;
}
