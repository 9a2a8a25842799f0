import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { samplePairSet } from "../../src/core/index.js";
import { digits } from "../support/digits.js";
import { bringAxe, checkView } from "./support/axe.js";
import { usePages } from "./support/pages.js";
import { Relay } from "./support/relay.js";
import { Traffic } from "./support/traffic.js";
import type { Visitor } from "./support/visitor.js";

/** A name of this machine that browsers do not trust over plain HTTP. */
const UNTRUSTED = "pairlab.test";

const pages = usePages({
  images: "all",
  launch: { args: [`--host-resolver-rules=MAP ${UNTRUSTED} 127.0.0.1`] },
});

const FIRST = "/data/first-pairs.gz";
const IMAGES = "/data/train-images-idx3-ubyte.gz";
const LABELS = ["/data/train-labels-idx1-ubyte.gz", "/data/t10k-labels-idx1-ubyte.gz"];
const ALL = [IMAGES, "/data/t10k-images-idx3-ubyte.gz"];

/** Of a first visitor, until a network answers. */
const MOST_BYTES = 560_000;
/** Of script, gzipped, of the page and the worker that reads images, until the images are asked for. */
const MOST_SCRIPT = 135_000;

/** An address of quick runs. */
const quick = (seed: number, more = "") => `#/train?networks=quick&seed=${seed}&rounds=1&epochs=1${more}`;

/** Their hashes by the command line, which reads all of MNIST each time: seeds that several tests ask for are trained once. */
const known = new Map<string, ReturnType<typeof pages.trained>>();
function trained(seeds: readonly number[], ...options: string[]) {
  const key = [...seeds, ...options].join();
  const hashes = known.get(key) ?? pages.trained(["quick"], seeds, "--epochs", "1", ...options);
  known.set(key, hashes);
  return hashes;
}

let relay: Relay;
beforeEach(async () => {
  relay = await Relay.to(pages.site);
});
afterEach(() => relay.close());

/** Has a path not answered until what is returned is called. */
function hold(path: string): () => void {
  let arrive = () => {};
  const isTime = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  relay.held.set(path, isTime);
  return arrive;
}

/** How often each of these was asked for. */
const asked = (paths: readonly string[]) => paths.map((path) => relay.asked.filter((each) => each === path).length);

/** Browsers complain of each request that is not answered. */
const withoutNetwork = (visitor: Visitor) =>
  expect(visitor.complaints.splice(0).filter((complaint) => !/net::ERR_/.test(complaint))).toEqual([]);

/** Trains what the address asks for, where the page is ready before all images are there. */
async function start(visitor: Visitor, address: string): Promise<void> {
  await visitor.turnTo(address);
  await visitor.press("Start");
}

test.each<[string, (visitor: Visitor) => Promise<void>]>([
  [
    "in the view Draw",
    async (visitor) => {
      await visitor.go("#/draw");
      await visitor.sees("To have an answer for you");
    },
  ],
  [
    "in the view Train",
    async (visitor) => {
      await visitor.open("#/train?networks=weight-sharing-auxiliary&rounds=1&epochs=1");
      await visitor.train();
    },
  ],
])("a first visitor has a trained answer with 0.6 MB, %s", async (_, answer) => {
  const visitor = await pages.firstVisitor();
  const traffic = await Traffic.of(visitor.page);
  await answer(visitor);
  const data = traffic.paths.filter((path) => path.startsWith("/data/"));
  expect(data.toSorted()).toEqual([FIRST, ...LABELS].toSorted());
  // The first pairs and the labels alone take more than 0.3 MB, the page itself the rest.
  expect(traffic.bytes).toBeGreaterThan(300_000);
  expect(traffic.bytes).toBeLessThanOrEqual(MOST_BYTES);
  const until = traffic.paths.findIndex((path) => path.startsWith("/data/"));
  const scripts = new Set(traffic.paths.slice(0, until).filter((path) => path.endsWith(".js")));
  expect(scripts.size).toBeGreaterThan(2);
  let script = 0;
  for (const path of scripts) script += gzipSync(await (await fetch(new URL(path, pages.site))).arrayBuffer()).length;
  expect(script).toBeLessThanOrEqual(MOST_SCRIPT);
});

test("the first pairs are shown, trained on and looked into without all images; these come once, when somebody needs them", async () => {
  const visitor = await pages.firstVisitor(relay.url);
  const { page } = visitor;
  await visitor.open("#/train?networks=one-by-one&seed=0&rounds=1&epochs=2");
  await visitor.until(() => document.querySelectorAll(".examples li").length === 3);
  const { test: pairs } = samplePairSet(await digits(), 0);
  const right = [0, 1, 2].map((i) => {
    const [first = 0, second = 0] = pairs.classes.subarray(2 * i);
    return `${first} ${first <= second ? "≤" : ">"} ${second}`;
  });
  expect(await visitor.texts(".examples li")).toEqual(right);
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await pages.trained(["one-by-one"], [0], "--epochs", "2"));
  await start(visitor, quick(0, "&pairs=300"));
  await visitor.done();
  expect(await visitor.hashes()).toEqual(await trained([0], "--pairs", "300"));
  // The pairs of another seed are not there yet, and are not fetched to show one.
  await visitor.turnTo(quick(1));
  await visitor.until(() => document.querySelectorAll(".examples li").length === 0);
  await visitor.press("Look inside", "link");
  await visitor.sees("It is wrong on");
  await visitor.sees("The arithmetic of one unit");
  await visitor.settled();
  await visitor.sees(/That needs all of MNIST: 1\d\.\d MB\./);
  expect(asked([FIRST, ...ALL])).toEqual([1, 0, 0]);

  // What Look inside measures, and two seeds at a time, wait for the same files.
  const arrive = hold(IMAGES);
  await visitor.press("Measure on all test pairs");
  await visitor.sees(/Measuring on all test pairs needs all of MNIST: 1\d\.\d MB/);
  // Wherever the page is scrolled to, how far that is stays in the window.
  for (const place of [0, 0.5, 1]) {
    const { top, bottom, height } = await page.evaluate((part) => {
      scrollTo({ top: part * (document.documentElement.scrollHeight - innerHeight), behavior: "instant" });
      const box = document.querySelector(".all-images progress")?.getBoundingClientRect();
      return { top: box?.top ?? -1, bottom: box?.bottom ?? -1, height: innerHeight };
    }, place);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(height);
  }
  await start(visitor, "#/train?networks=quick&seed=1&rounds=2&epochs=1");
  await visitor.sees("Stop ends it.");
  expect(await visitor.texts(".loading progress")).toHaveLength(1);
  arrive();
  await visitor.done();
  await visitor.ready();
  expect(await visitor.hashes()).toEqual(await trained([1, 2]));
  await visitor.press("Look inside", "link");
  await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
  expect(await visitor.texts(".all-images")).toEqual([]);
  expect(asked([FIRST, ...ALL])).toEqual([1, 1, 1]);
});

test("images that cannot be fetched are said with what needs them; the first pairs are trained all the same", async () => {
  const visitor = await pages.firstVisitor(relay.url);
  relay.silent.add(IMAGES);
  await bringAxe(visitor);
  await visitor.open(quick(7));
  await visitor.press("Start");
  const { host } = new URL(relay.url);
  await visitor.sees(
    `train-images-idx3-ubyte cannot be fetched: there is no connection to ${host}. Seed 7 needs all of MNIST`,
  );
  await checkView(visitor);
  await visitor.press("Stop");
  await start(visitor, quick(0));
  await visitor.done();
  expect(await visitor.hashes()).toEqual(await trained([0]));
  relay.silent.clear();
  await visitor.press("Try again");
  await visitor.ready();
  await start(visitor, quick(7));
  await visitor.done();
  expect(await visitor.hashes()).toEqual(await trained([7]));
  withoutNetwork(visitor);
});

test("first pairs that are damaged on the way are not trained on: the page says so, and fetches them again", async () => {
  const visitor = await pages.firstVisitor(relay.url);
  relay.damaged.add(FIRST);
  await visitor.go(quick(0));
  await visitor.sees("first-pairs came damaged: ");
  relay.damaged.clear();
  await visitor.press("Try again");
  await visitor.ready();
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await trained([0]));
});

test("after the first visit the first pairs are trained without a server, and all seeds once all images have come", async () => {
  const visitor = await pages.firstVisitor(relay.url);
  await visitor.open(quick(0));
  await visitor.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  relay.silent.add(IMAGES);
  const others = ["/", "/site.json", FIRST, ...LABELS];
  for (const path of others) relay.silent.add(path);
  await visitor.page.reload();
  await visitor.ready();
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await trained([0]));
  await start(visitor, quick(1));
  await visitor.sees("train-images-idx3-ubyte cannot be fetched");
  relay.silent.delete(IMAGES);
  const arrive = hold(IMAGES);
  await visitor.press("Try again");
  await visitor.sees(/Seed 1 needs all of MNIST: 1\d\.\d MB/);
  arrive();
  await visitor.done();
  withoutNetwork(visitor);

  await relay.close();
  await visitor.forget();
  await visitor.page.reload();
  await visitor.turnTo(quick(1));
  await visitor.ready();
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await trained([1]));
  withoutNetwork(visitor);
});

test("over plain HTTP by another name, where browsers keep nothing for a page, a reload fetches no file again", async () => {
  const visitor = await pages.visitor(relay.urlAt(UNTRUSTED));
  await visitor.open(quick(1));
  expect(await visitor.page.evaluate(() => "caches" in globalThis)).toBe(false);
  await visitor.train();
  const data = [FIRST, ...LABELS, ...ALL];
  const sent = data.map((path) => relay.sent.get(path));
  expect(Math.min(...sent.map((bytes = 0) => bytes))).toBeGreaterThan(1000);
  await visitor.forget();
  await visitor.page.reload();
  await visitor.ready();
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await trained([1]));
  expect(data.map((path) => relay.sent.get(path))).toEqual(sent);
  // They were asked for, and had not changed.
  expect(Math.min(...asked(data))).toBeGreaterThanOrEqual(2);
  // Browsers say so of every page that they do not trust.
  const isOfTrust = (complaint: string) =>
    complaint.startsWith("The Cross-Origin-Opener-Policy header has been ignored");
  expect(visitor.complaints.splice(0).filter((complaint) => !isOfTrust(complaint))).toEqual([]);
});
