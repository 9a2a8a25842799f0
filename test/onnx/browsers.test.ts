import { createHash } from "node:crypto";
import type { Browser as Driven, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { architectures, furtherArchitectures } from "../../src/core/architectures/index.js";
import type { Site } from "../support/bundled-site.js";
import { launchBrowser } from "../support/launch.js";
import { BROWSERS } from "../support/programs.js";
import {
  type Asked,
  askedOf,
  type Case,
  caseOf,
  digitPairs,
  distanceOf,
  OF_VIEWS,
  PAIRS,
  trainedBriefly,
} from "./cases.js";
import { nearness, PATIENCE } from "./expectations.js";
import { serveRuntime } from "./server.js";

const named = [...architectures, ...furtherArchitectures];

let site: Site;
const cases = new Map<string, Case>();

beforeAll(async () => {
  const pairs = await digitPairs(PAIRS);
  const few = await digitPairs(OF_VIEWS.inBrowsers);
  const files = new Map<string, Uint8Array>();
  const put = (asked: Asked) => {
    for (const side of ["first", "second"] as const) files.set(pathOf(side, asked), new Uint8Array(asked[side].buffer));
  };
  for (const each of [pairs, few]) put(askedOf(each));
  for (const { name, views } of named) {
    const found = caseOf(name, await trainedBriefly(name), views ? few : pairs);
    cases.set(name, found);
    files.set(`/${name}.onnx`, found.model);
    files.set(`/${name}.safetensors`, found.run.weights);
  }
  site = await serveRuntime(files);
}, PATIENCE);
afterAll(() => site?.close());

/** By how many there are. */
const pathOf = (side: "first" | "second", asked: Asked): string => `/${side}-${asked[side].length}`;

describe.for(BROWSERS.map(({ title }) => [title]))("%s", { timeout: PATIENCE }, ([title = ""]) => {
  let browser: Driven;
  let page: Page;
  const near = nearness(`ONNX Runtime in ${title}`);

  beforeAll(async () => {
    browser = await launchBrowser(title, { timeout: PATIENCE, protocolTimeout: PATIENCE });
    page = await browser.newPage();
    await page.goto(site.url);
  }, PATIENCE);
  afterAll(() => browser?.close());

  /** Calls a function of `page.ts`. As text, so that no compiler of the tests' own modules touches the import. */
  const call = (ask: string, ...given: unknown[]): Promise<unknown> =>
    page.evaluate(`import("/page.js").then(({ ${ask} }) => ${ask}(...${JSON.stringify(given)}))`);

  test.for(named.map(({ name }) => [name]))("%s answers as in pairlab", async ([name = ""]) => {
    const found = cases.get(name) as Case;
    const { asked } = found;
    const inputs = { first: pathOf("first", asked), second: pathOf("second", asked) };
    const answers = JSON.parse(
      String(await call("answersHere", { model: `/${name}.onnx`, inputs, shape: asked.shape })),
    );
    near(distanceOf(answers, found));
  });

  test("files have the same bytes as in Node.js", async () => {
    const found = [...cases].map(([name, { run, model }]) => ({ name, run, due: digestOf(model) }));
    const digests: unknown[] = [];
    for (const { name, run } of found) digests.push(await call("digestHere", run.record, `/${name}.safetensors`, {}));
    expect(digests).toEqual(found.map(({ due }) => due));
  });
});

const digestOf = (file: Uint8Array): string => createHash("sha256").update(file).digest("hex");
