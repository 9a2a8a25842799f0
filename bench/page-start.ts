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
  /** Bytes of script until the images are asked for, gzipped: the page's, and what the worker that reads them takes besides. */
  readonly script: Readonly<Record<Thread, number>>;
  /** Bytes of answers with their heads until then, as they came, by what they are. */
  readonly fetched: Readonly<Record<Fetched, number>>;
}

type Thread = "page" | "worker";

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
    const before = { ...fetched.bytes };
    const script = { page: 0, worker: 0 };
    for (const [address, thread] of fetched.scripts)
      script[thread] += gzipSync(await (await fetch(address)).arrayBuffer()).length;
    return { answer, script, fetched: before };
  } finally {
    await context.close();
  }
}

/** What was fetched so far. */
interface Watched {
  readonly bytes: Record<Fetched, number>;
  /** The scripts until the images are asked for, each with who asks for it first. */
  readonly scripts: Map<string, Thread>;
}

/** Counts what a page and its workers fetch, at a speed. */
async function watchNetwork(page: Page, speed?: NetworkSpeed): Promise<Watched> {
  const watched: Watched = { bytes: { page: 0, images: 0 }, scripts: new Map() };
  let areAskedFor = false;
  const note = (url: string, thread: Thread) => {
    const { pathname } = new URL(url);
    if (!areAskedFor && /^\/assets\/.*\.js$/.test(pathname) && !watched.scripts.has(url))
      watched.scripts.set(url, thread);
  };
  const watch = async (session: CDPSession, thread: Thread) => {
    const images = new Set<string>();
    session.on("Network.requestWillBeSent", ({ requestId, request }) => {
      note(request.url, thread);
      if (!new URL(request.url).pathname.startsWith("/data/")) return;
      images.add(requestId);
      areAskedFor = true;
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      watched.bytes[images.has(requestId) ? "images" : "page"] += encodedDataLength;
    });
    await session.send("Network.enable");
    if (!speed) return;
    const throughput = speed.bitsPerSecond / 8;
    await session.send("Network.emulateNetworkConditions", {
      ...{ offline: false, latency: speed.latency, downloadThroughput: throughput, uploadThroughput: throughput },
    });
  };
  page.on("workercreated", (worker) => {
    // Its own script was asked for before it can be watched.
    note(worker.url(), "worker");
    // A worker that has ended is not watched.
    void watch(worker.client, "worker").catch(() => {});
  });
  await watch(await page.createCDPSession(), "page");
  return watched;
}
