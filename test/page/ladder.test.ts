import { describe, expect, test } from "vitest";
import { PAPER_NETWORKS } from "../../src/core/architectures/registry.js";
import { noteBars } from "./support/bars.js";
import { recordsOf } from "./support/downloads.js";
import { usePages, writeFewImages } from "./support/pages.js";
import { noteShifts, shifts, whatMoved } from "./support/shifts.js";
import type { Visitor } from "./support/visitor.js";

const heads = (visitor: Visitor) => visitor.texts('table[aria-labelledby="results"] thead th');

/** Whether a training can be started, which is to say that none is under way. */
const isIdle = async ({ page }: Visitor) =>
  (await page.$$eval(".controls button.main", (all) => all.map(({ textContent }) => textContent))).join() === "Start";

describe("MNIST's digits", () => {
  const pages = usePages({ images: "few" });

  test.each([
    [1366, 768],
    [360, 740],
  ])("at %d×%d a first visitor sees five bars move, without scrolling, a shift or much talk", async (width, height) => {
    const visitor = await pages.firstVisitor();
    const { page } = visitor;
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(noteBars);
    await noteShifts(visitor);
    await visitor.open("");
    await visitor.sees("Training five networks on 1,000 pairs each, in this browser. Stop ends it.");
    await visitor.until(() => document.querySelector(".controls [role=status]")?.textContent === "Done.");
    await visitor.sees("One round is one sample; nine show which differences hold.");
    // What changes last is shown a moment later.
    await visitor.until(() => document.querySelectorAll(".note [role=log] p").length === 5);

    const { moved, announced } = await page.evaluate(() => ({
      moved: globalThis.moved,
      announced: globalThis.announced,
    }));
    expect(Object.keys(moved).toSorted()).toEqual([...PAPER_NETWORKS].toSorted());
    for (const [name, { widths, inView }] of Object.entries(moved))
      expect({ name, moves: widths.length > 2, inView }).toEqual({ name, moves: true, inView: true });
    // A result of each network, and the end.
    expect(announced.filter((text) => text !== "").length).toBeLessThanOrEqual(PAPER_NETWORKS.length + 1);
    expect(announced).toContain("Done.");
    expect((await visitor.texts(".note [role=log] p")).join("\n")).toMatch(/^(.+: \d+(\.\d+)?% test error\.\n?){5}$/);
    expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);

    // A round has its errors, their differences to the row above, and the paper's numbers; it has no verdict.
    expect((await visitor.texts(".rung .error")).slice(0, 5)).toEqual(Array(5).fill(expect.stringMatching(/^\d.*%$/)));
    const steps = (await visitor.texts(".rung .step")).slice(0, 5);
    expect(steps).toEqual(["", ...Array(4).fill(expect.stringMatching(/^[+−]?\d+\.\d+ points$/))]);
    expect(await visitor.texts(".rung .mark-label")).toEqual([
      "paper 19.5%",
      "paper 19.0%",
      "paper 18.0%",
      "paper 8.5%",
      "paper 12.54%",
    ]);
    expect((await heads(visitor)).slice(0, 2)).toEqual(["Network", "Test error"]);
    const wide = await page.$$eval(".results :is(th, td)", (cells) =>
      cells.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent),
    );
    expect(wide).toEqual([]);
    expect(await heads(visitor)).not.toContain("Verdict");
    expect(await visitor.texts("#differences")).toEqual([]);
    expect(await visitor.texts(".note a")).toEqual(["Draw two digits for them", "See their mistakes", "Take the tour"]);

    // Where it is kept, the first round does not begin again: the time that training takes differs each time.
    const before = await recordsOf(visitor, pages.at(`first-${width}`));
    expect(before).toHaveLength(5);
    await visitor.until(() => document.querySelectorAll(".tray > ol > li li").length === 5);
    await page.reload();
    await visitor.ready();
    await visitor.done();
    expect(await recordsOf(visitor, pages.at(`again-${width}`))).toEqual(before);
  });

  test("what the page has started is stopped, and it can be started again", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train");
    await visitor.press("Stop");
    await visitor.sees("Up to");
    expect(await isIdle(visitor)).toBe(true);
    await visitor.press("One epoch");
    await visitor.sees("Paused.");
  });

  test.each([
    ["a link with networks", "#/train?networks=mlp,one-by-one", false],
    ["a link with settings", "#/train?epochs=1", false],
    ["another view", "#/inside", false],
    ["a browser that saves data", "", true],
  ])("%s is not trained before its reader starts it", async (_, address, savesData) => {
    const visitor = await pages.firstVisitor();
    if (savesData)
      await visitor.page.evaluateOnNewDocument(() => {
        Object.defineProperty(navigator, "connection", { value: { saveData: true } });
      });
    await visitor.open(address);
    if (address === "#/inside") await visitor.press("Train", "link");
    await visitor.sees("Up to");
    expect(await isIdle(visitor)).toBe(true);
  });

  test("two Tabs from the top of the page reach Start by the skip link, and seven by walking", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=mlp");
    const focused = () => visitor.page.evaluate(() => document.activeElement?.textContent);
    await visitor.key("Tab");
    expect(await focused()).toBe("Skip to the content");
    await visitor.key("Tab", 6);
    expect(await focused()).toBe("Start");
    await visitor.page.focus(".skip");
    await visitor.key("Enter");
    await visitor.key("Tab");
    expect(await focused()).toBe("Start");
  });

  test("on a phone the results show test error without scrolling, and the controls are one line", async () => {
    const visitor = await pages.visitor();
    const { page } = visitor;
    await page.setViewport({ width: 360, height: 740 });
    await visitor.open("#/train?networks=quick,weight-sharing-auxiliary&seed=1&rounds=1&epochs=2&pairs=200");
    await visitor.train();
    await visitor.until(() => document.querySelectorAll("td.strong:not(:empty)").length === 2);
    const boxes = await page.$$eval('.results :is(th, td):nth-child(2), .rung.chosen .error, [role="status"]', (all) =>
      all.map((each) => each.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
    );
    for (const { left, right } of boxes) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(360);
    }
    const lines = await page.$$eval(".controls", ([controls]) => controls?.getBoundingClientRect().height);
    expect(lines).toBe(48);
  });

  test("the paper's numbers stand beside its own settings only, and a verdict beside two rounds or more", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=mlp&epochs=1&pairs=60&rounds=2");
    await visitor.train();
    await visitor.sees("Some settings here are not the paper's: its numbers are not about these.");
    expect((await heads(visitor)).join()).not.toMatch(/Paper|Verdict/);
    expect(await visitor.texts(".mark-label")).toEqual([]);

    // With the paper's value a setting is the paper's.
    await visitor.turnTo("#/train?networks=mlp&pairs=1000&rounds=1");
    await visitor.sees("0 of 1 run");
    expect(await heads(visitor)).toContain("Paper's test error");
    expect(await heads(visitor)).not.toContain("Verdict");
    await visitor.turnTo("#/train?networks=mlp&rounds=2");
    await visitor.sees("0 of 2 runs");
    expect(await visitor.texts(".rung .mark-label")).toContain("paper 19.5%");
    const at = (await heads(visitor)).indexOf("Verdict");
    expect(at).toBeGreaterThan(0);
    const verdict = () => visitor.texts(`.results tbody tr > :nth-child(${at + 1})`);
    expect(await verdict()).toEqual([""]);
    await visitor.train();
    await visitor.until((nth) => document.querySelector(`.results td:nth-child(${nth})`)?.textContent !== "", at + 1);
    expect((await verdict()).join()).toMatch(/agrees|lower|higher|open/);
  });

  test("more rounds are trained on a click, as many as differences take, and words come before the table", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=mlp,quick&seed=3&epochs=1&pairs=50");
    await visitor.train();
    await visitor.sees("One round is one sample; six show which differences hold.");
    const once = await visitor.hashes();
    await visitor.press("5 more rounds");
    await visitor.sees("of 12 runs");
    await visitor.done();
    expect(await visitor.address()).toContain("&rounds=6&");
    expect(await visitor.hashes()).toMatchObject(once);
    await visitor.until(() => document.querySelector(".sentences") !== null);
    const [sentence = ""] = await visitor.texts("section > .sentences li");
    expect(sentence).toMatch(/MLP/);
    const table = 'details:not([open]) table[aria-labelledby="differences"]';
    expect(await visitor.texts(`${table} tbody th`)).toHaveLength(1);
    // Each round is a mark on its network's bar.
    expect(await visitor.page.$$eval(".rung.chosen .round:not(.moving)", (all) => all.length)).toBe(12);
    expect((await visitor.texts(".rung.chosen .error")).join()).toMatch(/^\d.*% ± .+ pt,\d.*% ± .+ pt$/);
  });

  test("a row's layers are shown while it trains, and hidden again", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=simple-cnn&seed=1&epochs=100000&pairs=1000");
    await visitor.press("Start");
    await visitor.press("Layers of simple CNN");
    await visitor.until(() => document.querySelectorAll(".layers-panel svg").length === 2);
    expect(await visitor.texts(".layers-panel dd")).toEqual([
      expect.stringMatching(/^[\d,]+$/),
      "25 epochs, adam 0.003",
    ]);
    await visitor.press("Layers of simple CNN");
    await visitor.until(() => document.querySelector(".layers-panel") === null);
    await visitor.press("Stop");
  });

  test("a view that is opened again is at its start", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=quick&seed=1&epochs=1&pairs=50");
    await visitor.train();
    await visitor.page.evaluate(() => scrollTo(0, 600));
    await visitor.press("Look inside", "link");
    await visitor.until(() => document.documentElement.scrollHeight > innerHeight + 300);
    await visitor.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    expect(await visitor.page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await visitor.page.evaluate(() => document.querySelector<HTMLAnchorElement>("nav a")?.click());
    await visitor.sees("How much is each hint worth?");
    expect(await visitor.page.evaluate(() => scrollY)).toBe(0);
  });
});

describe("other images", () => {
  const pages = usePages({
    async images(folder) {
      await writeFewImages(folder);
      return ["--data", folder];
    },
  });

  test("are not trained on before their owner starts it, and have no number of the paper's", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("");
    await visitor.sees("Up to");
    expect(await isIdle(visitor)).toBe(true);
    expect(await visitor.texts(".rung .mark-label")).toEqual([]);
    expect((await visitor.texts(".rung .hint")).slice(0, 5)).toEqual([
      "392 pixels, no idea that they are pictures.",
      "Neighbouring pixels belong together.",
      "Both pictures are of one kind.",
      "Each has a class, and here is which.",
      "So compare the classes.",
    ]);
  });
});
