import { gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "puppeteer-core";

/** What a network between the browser and the server lets through. */
export interface NetworkSpeed {
  readonly bitsPerSecond: number;
  /** Before each answer, in ms. */
  readonly latency: number;
}

/** The slow 3G that browsers' own tools had. */
export const SLOW_3G: NetworkSpeed = { bitsPerSecond: 400_000, latency: 400 };

export interface Start {
  /** Milliseconds from opening the page to a network that answers, with nothing kept from before. */
  readonly answer: number;
  /** Bytes of script until the images are asked for, gzipped. */
  readonly script: number;
  /** Bytes of answers with their heads until then, as they came, by what they are. */
  readonly fetched: Readonly<Record<Fetched, number>>;
}

/** The page itself with its workers and the kernels, and the images. */
type Fetched = "page" | "images";

const PATIENCE = { timeout: 600_000, polling: "mutation" } as const;

/** Opens the view Draw like a first visitor, and waits for the network that the page trains. */
export async function firstVisit(browser: Browser, url: string, speed?: NetworkSpeed): Promise<Start> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const fetched = await watchNetwork(page, speed);
    await page.goto(`${url}#/draw`, { timeout: PATIENCE.timeout });
    await page.waitForFunction('document.body.textContent.includes("To have an answer for you")', PATIENCE);
    const answer = Number(await page.evaluate("performance.now()"));
    const before = { ...fetched };
    const loaded = String(await page.evaluate(SCRIPTS_BEFORE_IMAGES));
    const scripts = await Promise.all(
      loaded.split("\n").map(async (address) => Buffer.from(await (await fetch(address)).arrayBuffer())),
    );
    return { answer, script: scripts.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0), fetched: before };
  } finally {
    await context.close();
  }
}

/** Counts what a page and its workers fetch, at a speed. @returns the bytes, which grow */
async function watchNetwork(page: Page, speed?: NetworkSpeed): Promise<Record<Fetched, number>> {
  const fetched = { page: 0, images: 0 };
  const watch = async (session: CDPSession) => {
    const images = new Set<string>();
    session.on("Network.requestWillBeSent", ({ requestId, request }) => {
      if (new URL(request.url).pathname.startsWith("/data/")) images.add(requestId);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      fetched[images.has(requestId) ? "images" : "page"] += encodedDataLength;
    });
    await session.send("Network.enable");
    if (!speed) return;
    const throughput = speed.bitsPerSecond / 8;
    await session.send("Network.emulateNetworkConditions", {
      ...{ offline: false, latency: speed.latency, downloadThroughput: throughput, uploadThroughput: throughput },
    });
  };
  // A worker that has ended is not watched.
  page.on("workercreated", ({ client }) => void watch(client).catch(() => {}));
  await watch(await page.createCDPSession());
  return fetched;
}

/** The scripts of the trainer and of charts come after the images. */
const SCRIPTS_BEFORE_IMAGES = `(() => {
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => /\\.js$/.test(name) && !/sw\\.js$/.test(name));
  const ready = performance.getEntriesByName(location.origin + "/site.json")[0].responseEnd;
  return scripts.filter(({ startTime }) => startTime < ready + 200).map(({ name }) => name).join("\\n");
})()`;
