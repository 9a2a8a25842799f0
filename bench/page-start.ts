import { gzipSync } from "node:zlib";
import type { Browser } from "puppeteer-core";

export interface Start {
  /** Milliseconds from opening the page to a network that answers, with nothing kept from before. */
  readonly answer: number;
  /** Bytes of script until the images are asked for, gzipped. */
  readonly script: number;
}

/** Opens the view Draw like a first visitor, and waits for the network that the page trains. */
export async function firstVisit(browser: Browser, url: string): Promise<Start> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(`${url}#/draw`);
    await page.waitForFunction('document.body.textContent.includes("To have an answer for you")', {
      polling: "mutation",
    });
    const answer = Number(await page.evaluate("performance.now()"));
    const loaded = String(await page.evaluate(SCRIPTS_BEFORE_IMAGES));
    const scripts = await Promise.all(
      loaded.split("\n").map(async (address) => Buffer.from(await (await fetch(address)).arrayBuffer())),
    );
    return { answer, script: scripts.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0) };
  } finally {
    await context.close();
  }
}

/** The scripts of the trainer and of charts come after the images. */
const SCRIPTS_BEFORE_IMAGES = `(() => {
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => /\\.js$/.test(name) && !/sw\\.js$/.test(name));
  const ready = performance.getEntriesByName(location.origin + "/site.json")[0].responseEnd;
  return scripts.filter(({ startTime }) => startTime < ready + 200).map(({ name }) => name).join("\\n");
})()`;
