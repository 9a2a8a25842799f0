import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { usePages } from "./support/pages.js";

/** 100 test pairs: what is held does not depend on how long a run takes. */
const pages = usePages({
  images: async (folder) => ["--data", await writeFewDigits(join(folder, "MNIST"), { train: 200, test: 200 })],
});

/** In bytes. */
const MOST_GROWTH = 10e6;

test("200 runs in one page leave little more than their records behind", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  const session = await page.createCDPSession();
  const held = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    return { usedSize, nodes, jsEventListeners, workers: page.workers().length };
  };
  const train = async (seed: number, rounds: number) => {
    await visitor.turnTo(`#/train?networks=quick&seed=${seed}&rounds=${rounds}&epochs=1&pairs=20`);
    await visitor.sees(`0 of ${rounds} runs`);
    await visitor.train();
    await visitor.until(() => document.querySelectorAll(".panel svg").length === 2);
  };
  await visitor.open("#/train?networks=quick");
  await visitor.openCurves();
  await train(0, 20);
  const before = await held();
  for (let seed = 100; seed < 800; seed += 100) await train(seed, seed < 700 ? 30 : 20);
  const after = await held();
  const growth = after.usedSize - before.usedSize;
  console.log(`200 runs: JS heap +${(growth / 1e6).toFixed(1)} MB, DOM nodes ${after.nodes - before.nodes}`);
  expect(growth).toBeLessThanOrEqual(MOST_GROWTH);
  // A chart has 100 nodes, and the browser may still hold one or two that were replaced: 200 runs that leave something leave more.
  expect(after.nodes - before.nodes).toBeLessThan(300);
  expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(100);
  expect(after.workers).toBe(before.workers);
});
