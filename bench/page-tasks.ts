import type { Browser } from "puppeteer-core";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Of the thread's own time, in µs. */
  readonly tdur?: number;
}

const PATIENCE = { timeout: 600_000 };

/** Two networks train, a pair is answered, and one is measured. @returns processor milliseconds of each task of the page's own thread */
export async function mainThreadTasks(browser: Browser, url: string): Promise<number[]> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(`${url}#/train?networks=simple-cnn,weight-sharing-auxiliary&seed=3&rounds=2&epochs=8&pairs=500`);
    const press = async (name: string, role: string) =>
      (await page.waitForSelector(`::-p-aria(${name}[role="${role}"]):not([disabled])`, PATIENCE))?.click();
    await page.waitForSelector('::-p-aria(Start[role="button"]):not([disabled])', PATIENCE);
    const session = await page.createCDPSession();
    const events: TraceEvent[] = [];
    session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
    await session.send("Tracing.start", {
      transferMode: "ReportEvents",
      traceConfig: { includedCategories: ["toplevel", "blink.user_timing"] },
    });
    // The mark tells which of all threads is the page's.
    await page.evaluate('performance.mark("pairlab is watched")');
    await press("Start", "button");
    await page.waitForFunction(`document.querySelector(".controls [role=status]")?.textContent === "Done."`, PATIENCE);
    await press("Draw", "link");
    await page.waitForFunction('document.body.innerText.includes("Draw both digits.")', PATIENCE);
    await press("Look inside", "link");
    await page.waitForFunction('document.querySelectorAll(".worth-plot svg").length === 2', PATIENCE);
    const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await complete;
    const mark = events.find(({ name }) => name === "pairlab is watched");
    return events
      .filter(({ name, pid, tid }) => /RunTask$/.test(name) && pid === mark?.pid && tid === mark.tid)
      .flatMap(({ tdur }) => (tdur ? [tdur / 1000] : []));
  } finally {
    await context.close();
  }
}
