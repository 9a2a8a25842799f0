import { setTimeout } from "node:timers/promises";
import type { ElementHandle, EvaluateFunc, Page } from "puppeteer-core";

/** In ms; long enough for a machine that is busy with other things. Nothing is waited for longer than it takes. */
export const PATIENCE = 40_000;

const RUNS = 'section[aria-labelledby="runs"]';

/** How often the page is asked whether what is waited for is there, in ms. */
const POLL = 30;

/** Somebody who looks at a page, types and clicks, and notes whatever the browser complains of. */
export class Visitor {
  /** Console errors, exceptions and violations of the page's policy, of the page and its workers. */
  readonly complaints: string[] = [];

  constructor(
    readonly page: Page,
    /** Of the site; ends in a slash. */
    readonly site: string,
  ) {
    page.setDefaultTimeout(PATIENCE);
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  /** Opens the site at an address such as "#/draw", and waits until its images are there. */
  async open(address: string): Promise<void> {
    await this.go(address);
    await this.ready();
  }

  async go(address: string): Promise<void> {
    await this.page.evaluateOnNewDocument(() => {
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        console.error(`policy: ${violatedDirective} forbids ${blockedURI}`),
      );
    });
    await this.page.goto(this.site + address);
  }

  /** Waits until all is there that training needs. */
  ready(): Promise<void> {
    return this.until(
      () => document.querySelector("main h1") !== null && !document.querySelector(".loading, .problem"),
    );
  }

  /** Changes the address as a link within the page does. */
  async turnTo(address: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, address);
  }

  async address(): Promise<string> {
    return this.page.evaluate(() => location.hash);
  }

  /** Waits until a function, run in the page, says yes. */
  async until<Parameters extends unknown[]>(
    isTrue: EvaluateFunc<Parameters>,
    ...parameters: Parameters
  ): Promise<void> {
    const began = performance.now();
    while (!(await this.page.evaluate(isTrue, ...parameters))) {
      if (performance.now() - began > PATIENCE)
        throw new Error(`not in ${PATIENCE / 1000} s: ${isTrue} of ${parameters.join()}. ${await this.shown()}`);
      await setTimeout(POLL);
    }
  }

  /** Waits until what is shown is the answer to what was asked last, everywhere. */
  settled(): Promise<void> {
    return this.until(() => document.querySelector("[aria-busy=true]") === null);
  }

  /** Waits until what is shown has a text: words, or something like /epoch \d/. */
  async sees(text: string | RegExp): Promise<void> {
    const { source, flags } = typeof text === "string" ? { source: escaped(text), flags: "" } : text;
    await this.until((pattern, how) => new RegExp(pattern, how).test(document.body.innerText), source, flags);
  }

  /** The view and what is wrong there, for messages. */
  async shown(): Promise<string> {
    const alerts = await this.texts("[role=alert], [role=status]");
    return `Shown at ${await this.address()}: ${alerts.join("; ")}`;
  }

  /** All that is shown, as text. */
  text(): Promise<string> {
    return this.page.evaluate(() => document.body.innerText);
  }

  /** The text of each element that a selector finds, shown or not. */
  texts(selector: string): Promise<string[]> {
    return this.page.$$eval(selector, (elements) => elements.map(({ textContent }) => (textContent ?? "").trim()));
  }

  /** Clicks what has that role and accessible name, once it can be clicked. */
  press(name: string, role: "button" | "link" | "checkbox" = "button", within = ""): Promise<void> {
    return this.click(`${within} ::-p-aria([name="${name}"][role="${role}"])`);
  }

  /** Clicks the first of what a selector finds, once it can be clicked. */
  async click(selector: string): Promise<void> {
    const began = performance.now();
    // What is above may still come and move it away from under the pointer, and the page may put another in its place.
    while (!(await this.#hit(selector)))
      if (performance.now() - began > PATIENCE) throw new Error(`not to be hit: ${selector}. ${await this.shown()}`);
  }

  /** Types into a text field of that accessible name, in place of what it has. One that suggests values is a combobox. */
  async fill(name: string, value: string, role: "textbox" | "combobox" | "spinbutton" = "textbox"): Promise<void> {
    const field = await this.#found(`::-p-aria([name="${name}"][role="${role}"])`);
    await field.evaluate((input) => (input as HTMLInputElement).select());
    await field.type(value);
  }

  /** Presses a key so many times. */
  async key(name: Parameters<Page["keyboard"]["press"]>[0], times = 1): Promise<void> {
    for (let i = 0; i < times; i++) await this.page.keyboard.press(name);
  }

  /** Trains what is chosen, to its end. */
  async train(): Promise<void> {
    await this.press("Start");
    await this.done();
  }

  /** Waits until every run is finished or has failed, and all that is shown says so. */
  done(): Promise<void> {
    return this.until((runs) => {
      const said = document.querySelector(".controls [role=status]")?.textContent;
      const states = document.querySelectorAll(`${runs} tbody td:nth-of-type(2)`);
      return said === "Done." && [...states].every(({ textContent }) => /finished|failed/.test(textContent ?? ""));
    }, RUNS);
  }

  /** Has the browser forget the runs that it keeps for the page. */
  async forget(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          if (!globalThis.indexedDB || location.protocol === "about:") return resolve();
          const request = indexedDB.deleteDatabase("pairlab-runs");
          request.onsuccess = request.onerror = () => resolve();
        }),
    );
  }

  /** Has the seeds and settings shown. */
  async openSettings(): Promise<void> {
    await this.#unfold(".settings-more");
    await this.until(() => document.querySelector(".settings-more .fields") !== null);
  }

  /** Has the loss and accuracy of each network shown. */
  async openCurves(): Promise<void> {
    await this.#unfold('section[aria-labelledby="curves"] details');
  }

  /** Has the list of runs shown. */
  async openRunList(): Promise<void> {
    await this.#unfold(`${RUNS} details`);
    await this.until((runs) => document.querySelector(`${runs} tbody tr`) !== null, RUNS);
  }

  /** What the list of runs says: their state and the SHA-256 of their weights by "mlp 0". */
  async runs(): Promise<Record<string, { readonly state: string; readonly sha256: string | undefined }>> {
    await this.openRunList();
    const rows = await this.page.$$eval(`${RUNS} tbody tr`, (elements) =>
      elements.map(({ children: [name, seed, state, hash] }) => ({
        name: `${(name as HTMLElement | undefined)?.title} ${seed?.textContent}`,
        state: state?.textContent ?? "",
        sha256: hash?.querySelector("code")?.title,
      })),
    );
    return Object.fromEntries(rows.map(({ name, ...run }) => [name, run]));
  }

  /** The full SHA-256 of every finished run's weights by "mlp 0". */
  async hashes(): Promise<Record<string, string | undefined>> {
    return Object.fromEntries(Object.entries(await this.runs()).map(([name, { sha256 }]) => [name, sha256]));
  }

  async #unfold(selector: string): Promise<void> {
    await this.until((asked) => document.querySelector(asked) !== null, selector);
    await this.page.$eval(selector, (details) => {
      (details as HTMLDetailsElement).open = true;
    });
  }

  /** Clicks in the middle of what a selector finds where that stands still. @returns whether it, or what took its place, was hit */
  async #hit(selector: string): Promise<boolean> {
    const element = await this.#found(selector);
    const top = await element.evaluate((each) => {
      // In the middle nothing that stays in sight is above it.
      each.scrollIntoView({ block: "center" });
      return each.getBoundingClientRect().top;
    });
    await setTimeout(POLL);
    const isStill = await element.evaluate((each, before) => {
      if (!each.isConnected || each.getBoundingClientRect().top !== before) return false;
      Object.assign(document, { hit: [] });
      const note = (click: Event) => Object.assign(document, { hit: click.composedPath() });
      document.addEventListener("click", note, { capture: true, once: true });
      return true;
    }, top);
    if (!isStill) return false;
    try {
      await element.click();
    } catch (error) {
      // It went before the pointer was down.
      if (await element.evaluate((each) => each.getClientRects().length === 0)) return false;
      throw error;
    }
    const isHit = (each: Element) => (document as unknown as { hit: EventTarget[] }).hit.includes(each);
    return (await element.evaluate(isHit)) || ((await (await this.page.$(selector))?.evaluate(isHit)) ?? false);
  }

  /** What a selector finds, once it is there and not disabled. Waiting by puppeteer's own means takes an eval, which the page forbids. */
  async #found(selector: string): Promise<ElementHandle<Element>> {
    const began = performance.now();
    for (;;) {
      const element = await this.page.$(selector);
      if (element !== null && (await element.evaluate((each) => !each.matches(":disabled")))) return element;
      if (performance.now() - began > PATIENCE)
        throw new Error(`${element ? "disabled" : "not there"}: ${selector}. ${await this.shown()}`);
      await setTimeout(POLL);
    }
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
