import type { WebWorker } from "puppeteer-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { usePages } from "./support/pages.js";
import { Relay } from "./support/relay.js";
import type { Visitor } from "./support/visitor.js";

// 640 pages of 64 KiB are 40 MiB: enough for what is trained here, but for one network.
const pages = usePages({ images: "few", launch: { args: ["--js-flags=--wasm-max-mem-pages=640"] } });

const IMAGES = "/data/train-images-idx3-ubyte.gz";
const OPTIONS = ["--epochs", "2", "--pairs", "100"];
const ADDRESS = "#/train?networks=quick,mlp&seed=4&rounds=1&epochs=2&pairs=100";

let relay: Relay;
beforeEach(async () => {
  relay = await Relay.to(pages.site);
});
afterEach(() => relay.close());

test("images that are damaged on the way are not trained on: the page says so, and fetches them again", async () => {
  const visitor = await pages.firstVisitor(relay.url);
  relay.damaged.add(IMAGES);
  await visitor.go(ADDRESS);
  await visitor.sees("train-images-idx3-ubyte came damaged: ");
  await visitor.press("Try again");
  await expect.poll(() => relay.asked.filter((path) => path === IMAGES).length).toBe(2);
  await visitor.sees("train-images-idx3-ubyte came damaged: ");
  relay.damaged.clear();
  await visitor.press("Try again");
  await visitor.ready();
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await pages.trained(["quick", "mlp"], [4], ...OPTIONS));
});

test("a server that is gone is named, and asked again", async () => {
  const visitor = await pages.firstVisitor(relay.url);
  relay.silent.add(IMAGES);
  await visitor.go(ADDRESS);
  const { host } = new URL(relay.url);
  await visitor.sees(`train-images-idx3-ubyte cannot be fetched: there is no connection to ${host}`);
  // How many pairs there are is not known without the images.
  await visitor.turnTo("#/train?networks=mlp&rounds=1");
  await visitor.sees("It learns from pairs of them, here in this browser.");
  relay.silent.clear();
  relay.silent.add("/site.json");
  await visitor.press("Try again");
  await visitor.sees(`site.json cannot be fetched: there is no connection to ${host}`);
  relay.silent.clear();
  await visitor.press("Try again");
  await visitor.ready();
  expect(visitor.complaints.splice(0).filter((complaint) => !/net::ERR_/.test(complaint))).toEqual([]);
});

test("a network for whose batch there is no room gets a line with the largest that fits; the others are trained", async () => {
  const visitor = await pages.visitor();
  await visitor.open("#/train?networks=best,quick&seed=4&rounds=1&epochs=1&pairs=100&batch-size=10000");
  await visitor.train();
  await visitor.sees(
    /best, seed 4: 1000 test pairs in a batch need \d+ MiB of memory, but this runtime gives at most 40 MiB: a batch size of up to \d+ fits\. The others go on\./,
  );
  const options = ["--epochs", "1", "--pairs", "100", "--batch-size"];
  const hashes = await visitor.hashes();
  expect(hashes).toEqual({ "best 4": undefined, ...(await pages.trained(["quick"], [4], ...options, "10000")) });
  expect(hashes).toMatchObject(await pages.trained(["quick"], [4], ...options, "100"));
});

test("where a worker ends, its run has failed and is trained again when asked; the others go on", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await visitor.open("#/train?networks=simple-cnn,quick&seed=4&rounds=2&epochs=3&pairs=200");
  // The first that is started is the first run's.
  const started = new Promise<WebWorker>((resolve) => page.once("workercreated", resolve));
  await visitor.openRunList();
  await visitor.press("One epoch");
  const worker = await started;
  await visitor.until(
    () =>
      document.querySelector('section[aria-labelledby="runs"] tbody td:nth-of-type(2)')?.textContent === "epoch 1 of 3",
  );
  await worker.close();
  await visitor.sees("simple CNN, seed 4: its worker has ended. The others go on.");
  await visitor.press("Continue");
  await visitor.done();
  const expected = await pages.trained(["simple-cnn", "quick"], [4, 5], "--epochs", "3", "--pairs", "200");
  expect(await visitor.hashes()).toEqual({ ...expected, "simple-cnn 4": undefined });
  expect((await visitor.runs())["simple-cnn 4"]?.state).toBe("failed");

  await visitor.press("Train failed runs again");
  await visitor.until(() => document.querySelector(".problem") === null);
  await finished(visitor);
  expect(await visitor.hashes()).toEqual(expected);
  expect(await visitor.texts(".problem")).toEqual([]);
});

test("where the worker that has the images ends, they can be loaded again, and all is trained", async () => {
  const visitor = await pages.visitor();
  // The pairs of the first round are drawn at once, to show some.
  await visitor.open(ADDRESS.replace("rounds=1", "rounds=2"));
  await visitor.until(() => document.querySelectorAll(".examples li").length > 0);
  // No other is there yet.
  const [images] = visitor.page.workers();
  await images?.close();
  await visitor.press("Start");
  await visitor.sees("The images are gone: its worker has ended");
  await visitor.press("Try again");
  await visitor.until(() => document.querySelector(".loading, main > .problem") === null);
  await visitor.press("Train failed runs again");
  await visitor.ready();
  await visitor.openRunList();
  await finished(visitor);
  expect(await visitor.hashes()).toEqual(await pages.trained(["quick", "mlp"], [4, 5], ...OPTIONS));
});

test("after the first visit the page needs no server: it opens and trains", async () => {
  const visitor = await pages.firstVisitor(relay.url);
  await visitor.open(ADDRESS);
  // What the page consists of is kept by then.
  await visitor.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await relay.close();
  await visitor.page.reload();
  await visitor.ready();
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await pages.trained(["quick", "mlp"], [4], ...OPTIONS));
  await visitor.press("Draw", "link");
  await visitor.sees("Draw both digits.");
});

/** Waits until no run has failed any more: just after they are asked for again, the list still says what it said before. */
async function finished(visitor: Visitor): Promise<void> {
  await visitor.until(() =>
    [...document.querySelectorAll('section[aria-labelledby="runs"] tbody td:nth-of-type(2)')].every(
      ({ textContent }) => textContent === "finished",
    ),
  );
  await visitor.done();
}
