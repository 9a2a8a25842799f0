import { join } from "node:path";
import type { Browser, BrowserContext, LaunchOptions } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import type { RunRecord } from "../../../src/core/index.js";
import { RunStore } from "../../../src/node/index.js";
import { writeFewDigits } from "../../support/few-digits.js";
import { here } from "../../support/here.js";
import { launchBrowser } from "../../support/launch.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../../support/pairlab.js";
import { type Serving, startServing } from "../../support/serving.js";
import { PATIENCE, Visitor } from "./visitor.js";

interface PagesOptions {
  readonly browser?: "Chromium" | "Firefox";
  /** All of MNIST, or the first images of it: a page has those in a moment. Or what writes others into a folder, and says the options for them. */
  readonly images: "all" | "few" | ((folder: string) => Promise<readonly string[]>);
  readonly launch?: LaunchOptions;
}

/** Enough for a round of 1,000 training pairs and 1,000 test pairs; one image more, so that pairs are drawn of more than all. */
const FEW = { train: 3000, test: 2001 } as const;

/** A browser and a served page for the tests of a file. */
export class Pages {
  #folder: TemporaryFolder | undefined;
  #server: Serving | undefined;
  #browser: Browser | undefined;
  #data: readonly string[] = [];
  readonly #contexts: BrowserContext[] = [];
  readonly #visitors: Visitor[] = [];

  constructor(readonly options: PagesOptions) {}

  /** The site's own address. */
  get site(): string {
    return required(this.#server).url;
  }

  get server(): Serving {
    return required(this.#server);
  }

  get browser(): Browser {
    return required(this.#browser);
  }

  /** A path in the folder of this file's tests. */
  at(...names: readonly string[]): string {
    return join(required(this.#folder).path, ...names);
  }

  /** The folder of the few images. They are known for MNIST's by its name. */
  get few(): string {
    return this.at("MNIST");
  }

  async start(): Promise<void> {
    this.#folder = await temporaryFolder();
    const { images } = this.options;
    if (images === "few") await writeFewImages(this.few);
    if (images !== "all") this.#data = images === "few" ? ["--data", this.few] : await images(this.at("own"));
    const { browser = "Chromium", launch } = this.options;
    [this.#server, this.#browser] = await Promise.all([
      startServing("--runs", this.at("runs"), ...this.#data),
      launchBrowser(browser, { timeout: PATIENCE, protocolTimeout: PATIENCE, ...launch }),
    ]);
  }

  /** Somebody who has been here before, with the images of then. `site` is another than the served one. */
  async visitor(site = this.site): Promise<Visitor> {
    return this.#note(new Visitor(await this.browser.newPage(), site));
  }

  /** Somebody who has never been here. */
  async firstVisitor(site = this.site): Promise<Visitor> {
    const context = await this.browser.createBrowserContext();
    this.#contexts.push(context);
    return this.#note(new Visitor(await context.newPage(), site));
  }

  /** Has `pairlab` do something with the images of the page and a store of this file. @returns what it prints */
  run(...command: readonly string[]): Promise<string> {
    return this.ofMnist(...command, ...this.#data);
  }

  /** The same with all of MNIST, whatever the page has. */
  async ofMnist(...command: readonly string[]): Promise<string> {
    // Networks of one's own stay in a process of theirs.
    const carriedOut = command.includes("--config") ? pairlab : here;
    const { stdout, stderr, code } = await carriedOut([...command, "--runs", this.at("node-runs"), "--quiet"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("error:") });
    return stdout;
  }

  /** What `pairlab` says as JSON, with the images of the page and a store of this file. */
  async json<Document>(...command: readonly string[]): Promise<Document> {
    return JSON.parse(await this.run(...command, "--json"));
  }

  /** The full SHA-256 of the weights that `pairlab train` gives, by "mlp 0". */
  async trained(architectures: readonly string[], seeds: readonly number[], ...options: readonly string[]) {
    const hashes: Record<string, string> = {};
    for (const seed of seeds)
      for (const name of architectures) {
        const record = await this.json<RunRecord>("train", name, "--seed", String(seed), ...options);
        hashes[`${name} ${seed}`] = record.weightsSha256;
      }
    return hashes;
  }

  /** The full SHA-256 of the weights of all that `run` has trained, by "mlp 0". */
  async stored(): Promise<Record<string, string>> {
    const { records } = await this.store.records();
    return Object.fromEntries(
      records.map(({ architecture, seed, weightsSha256 }) => [`${architecture} ${seed}`, weightsSha256]),
    );
  }

  /** Where `run` has its runs. */
  get store(): RunStore {
    return new RunStore(this.at("node-runs"));
  }

  /** Closes what a test has opened. @returns what browsers complained of meanwhile */
  async leave(): Promise<string[]> {
    const complaints = this.#visitors.flatMap((visitor) => visitor.complaints);
    for (const visitor of this.#visitors.splice(0)) {
      if (visitor.page.isClosed()) continue;
      // Visitors of a file's tests share a browser: what one has trained is not there for the next.
      await visitor.forget().catch(() => {});
      await visitor.page.close();
    }
    for (const context of this.#contexts.splice(0)) await context.close();
    return complaints;
  }

  async end(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.stop();
    await this.#folder?.remove();
  }

  #note(visitor: Visitor): Visitor {
    this.#visitors.push(visitor);
    return visitor;
  }
}

/** Has a file's tests share a browser and a served page. A test fails where a page of it has complained. */
export function usePages(options: PagesOptions): Pages {
  vi.setConfig({ testTimeout: 3 * PATIENCE, hookTimeout: PATIENCE });
  const pages = new Pages(options);
  beforeAll(() => pages.start());
  afterEach(async () => expect(await pages.leave()).toEqual([]));
  afterAll(() => pages.end());
  return pages;
}

/** The first images of MNIST's two sets, as the four files. */
export const writeFewImages = (folder: string): Promise<string> => writeFewDigits(folder, FEW);

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("the browser and the server are not started");
  return value;
}
