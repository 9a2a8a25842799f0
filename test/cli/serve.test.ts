import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { encode } from "uqr";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { idx } from "../support/idx.js";
import { writeFlags } from "../support/own-images.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { type Serving, startServing } from "../support/serving.js";
import { onTerminal } from "../support/terminal.js";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const started: { kill(): void }[] = [];
afterEach(() => {
  for (const each of started.splice(0)) each.kill();
});

/** Starts the server on the runs of this file. */
async function serving(...more: string[]): Promise<Serving> {
  const server = await startServing("--runs", at("runs"), ...more);
  started.push(server);
  return server;
}

const train = (seed: number) =>
  pairlab([
    "train",
    "one-by-one",
    "--epochs",
    "1",
    "--pairs",
    "100",
    "--seed",
    String(seed),
    "--runs",
    at("runs"),
    "--json",
  ]);

/** What a request with a Host header of one's own is answered; fetch does not allow one. */
const statusFor = (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });

test("serves the page, the images and the runs until Ctrl-C, which is not a failure", async () => {
  const server = await serving();
  expect(server.stdout).toBe(`${server.url} has the page, MNIST and the runs of ${at("runs")}/; Ctrl-C stops it\n`);
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const page = await fetch(server.url);
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; /);
  const html = await page.text();
  // All that the page names is there, by relative addresses.
  const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = ""]) => address);
  expect(named.length).toBeGreaterThan(2);
  for (const address of named) {
    expect(address).toMatch(/^\.\//);
    expect((await fetch(new URL(address, server.url))).status).toBe(200);
  }
  const { dataset, runs } = await (await fetch(new URL("site.json", server.url))).json();
  const labels = dataset.files[3];
  const zipped = new Uint8Array(await (await fetch(new URL(labels.path, server.url))).arrayBuffer());
  expect(createHash("sha256").update(gunzipSync(zipped)).digest("hex")).toBe(labels.sha256);
  expect((await (await fetch(new URL(runs, server.url))).json()).groups).toEqual([]);
  expect(await server.stop()).toEqual({ code: 0, stderr: "" });
  expect((await serving("--json")).stdout).toMatch(/^\{\n {2}"url": "http/);
});

test("a run that a command finishes meanwhile is there at the next request, to its last byte", async () => {
  const server = await serving("--json");
  expect(JSON.parse(server.stdout)).toEqual({
    url: server.url,
    runs: at("runs"),
    dataset: { name: "MNIST", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  const api = new URL("api/runs", server.url);
  for (const seed of [0, 1]) {
    const before = (await fetch(api)).headers.get("etag") ?? "";
    expect((await fetch(api, { headers: { "if-none-match": before } })).status).toBe(304);
    const record = JSON.parse((await train(seed)).stdout);
    const response = await fetch(api, { headers: { "if-none-match": before } });
    expect(response.status).toBe(200);
    const { groups, training } = await response.json();
    expect(training).toEqual([]);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ architecture: "one-by-one", differs: ["epochs 1", "training pairs 100"] });
    expect(groups[0].runs[seed]).toMatchObject({ id: record.id, seed, testError: record.testError });
    expect(await (await fetch(`${api}/${record.id}`)).json()).toEqual(record);
    const weights = new Uint8Array(await (await fetch(`${api}/${record.id}/weights`)).arrayBuffer());
    expect(createHash("sha256").update(weights).digest("hex")).toBe(record.weightsSha256);
  }
  expect((await server.stop("SIGTERM")).code).toBe(0);
});

test("a run that is being trained is named", async () => {
  const server = await serving();
  const api = new URL("api/runs", server.url);
  const child = spawn(process.execPath, [PROGRAM, "train", "mlp", "--epochs", "100000", "--runs", at("runs")]);
  started.push({ kill: () => child.kill("SIGKILL") });
  let training: unknown[] = [];
  while (training.length === 0) ({ training } = await (await fetch(api)).json());
  expect(training).toMatchObject([{ architecture: "mlp", seed: 0, pid: child.pid }]);
  child.kill("SIGKILL");
  await once(child, "close");
  // A killed process leaves its claim behind.
  expect((await (await fetch(api)).json()).training).toEqual([]);
  await server.stop();
});

test("other sites' names do not lead here", async () => {
  const { url, stop } = await serving();
  const { port } = new URL(url);
  expect(await statusFor(url, `evil.example:${port}`)).toBe(403);
  expect(await statusFor(new URL("api/runs", url).href, "evil.example")).toBe(403);
  expect(await statusFor(url, `localhost:${port}`)).toBe(200);
  await stop();
});

test("a server open to other machines says what they can read", async () => {
  const server = await serving("--host", "0.0.0.0");
  expect(server.url).toMatch(/^http:\/\/localhost:\d+\/$/);
  expect(await statusFor(server.url, "192.168.0.7:8414")).toBe(200);
  expect(await statusFor(server.url, `${hostname()}.local`)).toBe(200);
  expect(await statusFor(server.url, "evil.example")).toBe(403);
  const { stderr } = await server.stop();
  expect(stderr).toBe(`other machines can reach 0.0.0.0: anyone who reaches it can read the runs of ${at("runs")}/\n`);
});

/** The addresses of the machine's networks, those of IPv4. */
const ofNetwork = () =>
  Object.values(networkInterfaces())
    .flatMap((all = []) => all)
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);

test("a server open to other machines prints the addresses that they use, and --json has them", async () => {
  const server = await serving("--host", "0.0.0.0");
  const { port } = new URL(server.url);
  const lines = server.stdout.trimEnd().split("\n").slice(1);
  const addresses = ofNetwork().map((address) => `http://${address}:${port}/`);
  expect(lines.toSorted()).toEqual(
    addresses.map((url) => `${url} is the address for other devices of the network`).toSorted(),
  );
  for (const url of addresses) expect((await fetch(url)).status).toBe(200);
  const site = await (await fetch(new URL("site.json", server.url))).json();
  expect(site.network.toSorted()).toEqual(ofNetwork().toSorted());
  await server.stop();
  const asJson = await serving("--host", "0.0.0.0", "--json");
  const { network = [] } = JSON.parse(asJson.stdout);
  expect(network.toSorted()).toEqual(
    ofNetwork()
      .map((address) => `http://${address}:${new URL(asJson.url).port}/`)
      .toSorted(),
  );
  await asJson.stop();
});

describe("on a terminal", () => {
  const BLACK_ON_WHITE = "\u001B[38;5;16;48;5;231m";

  /** The modules of the code that was printed: dark ones are true. */
  const printed = (shown: string): boolean[][] =>
    shown
      .split(BLACK_ON_WHITE)
      .slice(1)
      .flatMap((after) => {
        const line = [...after.slice(0, after.indexOf("\u001B"))];
        return [line.map((half) => "█▀".includes(half)), line.map((half) => "█▄".includes(half))];
      });

  /** All that a server prints until it answers, where it is stopped. */
  async function shownBy(options: string, size: { readonly columns: number }): Promise<string> {
    const command = `"${process.execPath}" "${PROGRAM}" serve --port 0 --runs "${at("runs")}" ${options}`;
    const terminal = onTerminal(command, size);
    started.push({ kill: () => terminal.close() });
    await vi.waitFor(() => expect(terminal.shown()).toContain("other machines can reach"), { timeout: 30_000 });
    terminal.type("\u0003");
    await terminal.ended;
    return terminal.shown();
  }

  test("the first of the addresses is a QR code too", async () => {
    const shown = await shownBy("--host 0.0.0.0", { columns: 80 });
    const [, url = ""] = /(http:\S+) is the address for other devices/.exec(shown) ?? [];
    const { data, size } = encode(url, { border: 4, boostEcc: true });
    const modules = printed(shown);
    // An odd number of rows ends in half a line.
    expect(modules.slice(0, size)).toEqual(data);
    expect(modules.slice(size).flat()).not.toContain(true);
  });

  test.each([
    ["in a narrow terminal", "--host 0.0.0.0", 30],
    ["without colours, where the theme decides what is light", "--host 0.0.0.0 --no-color", 80],
    ["with --json", "--host 0.0.0.0 --json", 80],
  ])("there is none %s", async (_, options, columns) => {
    expect(printed(await shownBy(options, { columns }))).toEqual([]);
  });
});

test("own images are served under their folder's name", async () => {
  await mkdir(at("letters"));
  const pixels = Array.from({ length: 5 * 784 }, (_, i) => i % 251);
  for (const set of ["train", "t10k"]) {
    await writeFile(at("letters", `${set}-images-idx3-ubyte`), idx([5, 28, 28], pixels));
    await writeFile(at("letters", `${set}-labels-idx1-ubyte`), idx([5], Array(5).fill(0)));
  }
  const server = await serving("--data", at("letters"));
  const { dataset } = await (await fetch(new URL("site.json", server.url))).json();
  expect(dataset.name).toBe("letters");
  expect(dataset.files[0]).toMatchObject({ role: "train images", size: 16 + 5 * 784 });
  const zipped = await (await fetch(new URL(dataset.files[0].path, server.url))).arrayBuffer();
  expect(gunzipSync(zipped).subarray(16)).toEqual(Buffer.from(pixels));
  await server.stop();
});

test("pictures are served with what they are, as they are asked for", async () => {
  process.env.PAIRLAB_CACHE = at("cache");
  const names = await writeFlags(at("flags"), 3, () => 4);
  const asked = ["--data", at("flags"), "--size", "8x16", "--fit", "crop", "--colour", "grey"];
  const server = await serving(...asked, "--order", names.toReversed().join(","));
  const { dataset } = await (await fetch(new URL("site.json", server.url))).json();
  expect(dataset).toMatchObject({
    name: "flags",
    images: {
      ...{ height: 8, width: 16, channels: 1, bits: 16, pooling: 1, classes: 3, names: names.toReversed() },
      ...{ values: [0, 1, 2], fit: "crop", splits: [{ name: "all", count: 12 }] },
    },
  });
  for (const { path, size, sha256 } of dataset.files) {
    const whole = gunzipSync(await (await fetch(new URL(path, server.url))).arrayBuffer());
    expect([whole.length, createHash("sha256").update(whole).digest("hex")]).toEqual([size, sha256]);
  }
  expect(await server.stop()).toEqual({ code: 0, stderr: "" });
});

describe("a wrong request is one line and exit code 2", () => {
  test.each<[string, () => string[], RegExp]>([
    ["a port that is none", () => ["--port", "70000"], /whole number from 0 to 65535/],
    ["a host that is not known", () => ["--host", "no-such-host.invalid"], /--host no-such-host\.invalid is not known/],
    [
      "another machine's address",
      () => ["--host", "192.0.2.1"],
      /--host 192\.0\.2\.1 is not an address of this machine/,
    ],
    [
      "a folder without images",
      () => ["--data", at("nowhere")],
      /there is no .*nowhere: it must be a folder of pictures/,
    ],
    [
      "pictures of other shapes without a fit",
      () => ["--data", at("shapes"), "--size", "8x8"],
      /say --fit stretch, pad or crop/,
    ],
    [
      "a question that the images cannot have",
      () => ["--data", at("shapes"), "--fit", "pad", "--relation", "less"],
      /relation less needs an order of the classes/,
    ],
    [
      "a question with one answer",
      () => ["--relation", "sum-at-least-99"],
      /relation "sum-at-least-99" holds for no pair of the 10 classes: there is nothing to learn/,
    ],
    ["a store of a newer version", () => ["--runs", at("newer")], /is a run store of format 99, newer than/],
  ])("%s", async (_, commandLine, says) => {
    process.env.PAIRLAB_CACHE = at("cache");
    await writeFlags(at("shapes"), 2, () => 2);
    await mkdir(at("newer"), { recursive: true });
    await writeFile(at("newer", "store.json"), '{ "format": 99 }');
    const { code, stdout, stderr } = await pairlab(["serve", "--port", "0", ...commandLine()]);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("a port that is taken", async () => {
    const { url, stop } = await serving();
    const { port } = new URL(url);
    const { code, stdout, stderr } = await pairlab(["serve", "--port", port, "--runs", at("runs")]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      `error: port ${port} of 127.0.0.1 is taken: name another with --port, or --port 0 for any that is free\n`,
    );
    await stop();
  });
});
