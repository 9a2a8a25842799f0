import { encode } from "uqr";
import { afterEach, beforeEach, expect, test } from "vitest";
import { drawWithMouse, SEVEN, THREE } from "./support/drawing.js";
import { usePages } from "./support/pages.js";
import { Relay } from "./support/relay.js";
import { noteShifts, shifts, whatMoved } from "./support/shifts.js";
import type { Visitor } from "./support/visitor.js";

/** A name of this machine that other machines could have for it. */
const ELSEWHERE = "pairlab.test";

const pages = usePages({
  images: "few",
  launch: { args: [`--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`] },
});

let relay: Relay;
beforeEach(async () => {
  relay = await Relay.to(pages.site);
});
afterEach(() => relay.close());

/** Two networks that are trained in a moment. */
const SHORT = "#/train?networks=mlp,one-by-one&epochs=2&pairs=300";

const heading = (visitor: Visitor) => visitor.texts(".tour h2").then(([text]) => text);

/** Waits for a step of the tour, whose heading has the keyboard. */
const begins = (visitor: Visitor, title: string): Promise<void> =>
  visitor.until((words) => {
    const heading = document.querySelector(".tour h2");
    return heading?.textContent === words && document.activeElement === heading;
  }, title);

/** Waits for a step whose control is outlined, and in the window beside the panel. */
async function atStep(visitor: Visitor, title: string, target: string): Promise<void> {
  await begins(visitor, title);
  await isPointed(visitor, target);
}

async function isPointed(visitor: Visitor, target: string): Promise<void> {
  await visitor.until((selector) => document.querySelector(selector)?.matches("[data-pointed]") ?? false, target);
  // It is scrolled to at some pace.
  await visitor.until((selector) => {
    const [found, panel] = [selector, ".tour"].map((each) => document.querySelector(each)?.getBoundingClientRect());
    if (!found || !panel) return false;
    const isBeside = found.top < panel.top - 20 || found.right <= panel.left || found.bottom <= panel.top;
    return found.top >= -1 && found.top < innerHeight && isBeside;
  }, target);
}

test.each([
  [1366, 768],
  [360, 740],
])("at %d×%d the tour goes on as its six steps are done with the page's own controls", async (width, height) => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await page.setViewport({ width, height });
  await visitor.open("#/train?networks=mlp,one-by-one&epochs=10&tour=1");
  await atStep(visitor, "1 of 6: What is asked", ".task");
  await visitor.press("Next");
  await atStep(visitor, "2 of 6: Start the training", ".controls .buttons");
  await visitor.press("Start", "button", ".controls");
  await atStep(visitor, "3 of 6: Watch the ladder", ".first-screen .ladder-frame");
  await visitor.done();
  // From here the step is in another view, to which the outlined links lead.
  await begins(visitor, "4 of 6: Look at a mistake");
  expect(await page.$$eval("a[data-pointed]", (all) => all.map(({ textContent }) => textContent))).toEqual([
    "Look inside",
    "See their mistakes",
  ]);
  await visitor.press("See their mistakes", "link");
  await isPointed(visitor, ".mistakes");
  await visitor.click(".mistakes .gallery button");
  await begins(visitor, "5 of 6: Draw");
  await visitor.press("Draw", "link", ".tour");
  await isPointed(visitor, ".pads");
  await drawWithMouse(visitor, "first", THREE);
  expect(await heading(visitor)).toBe("5 of 6: Draw");
  await drawWithMouse(visitor, "second", SEVEN);
  await begins(visitor, "6 of 6: Change one thing");
  await visitor.press("Train", "link", ".tour");
  await isPointed(visitor, ".settings-more");
  await visitor.openSettings();
  await visitor.fill("Training pairs", "200");
  await visitor.press("Start", "button", ".controls");
  await begins(visitor, "The tour is done");
  expect(await visitor.address()).toMatch(/&pairs=200&.*tour=6$/);
  await visitor.press("End the tour");
  await visitor.until(() => !document.querySelector(".tour, [data-pointed]"));
  expect(await visitor.address()).not.toContain("tour");
});

test("the tour is taken by keys alone: Next and Back, to the control and back, and Escape ends it where it began", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await noteShifts(visitor);
  await visitor.open(SHORT);
  await visitor.train();
  await page.focus(".take-tour");
  await visitor.key("Enter");
  await atStep(visitor, "1 of 6: What is asked", ".task");
  const press = async (name: string) => {
    for (let i = 0; i < 6; i++) {
      await visitor.key("Tab");
      if ((await page.evaluate(() => document.activeElement?.textContent)) === name) break;
    }
    await visitor.key("Enter");
  };
  await press("Next");
  // What is done already is said, and does not carry the reader away.
  await atStep(visitor, "2 of 6: Start the training", ".controls .buttons");
  await visitor.sees("This is done already.");
  await press("Next");
  await atStep(visitor, "3 of 6: Watch the ladder", ".first-screen .ladder-frame");
  await press("Go to it");
  expect(await page.evaluate(() => document.activeElement?.closest("[data-pointed]") !== null)).toBe(true);
  await page.focus(".tour h2");
  await press("Back");
  await atStep(visitor, "2 of 6: Start the training", ".controls .buttons");
  await visitor.key("Escape");
  await visitor.until(() => !document.querySelector(".tour, [data-pointed]"));
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Take the tour");
  expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);
});

test("a link hides what it names in every view, and says how to have it back", async () => {
  const visitor = await pages.visitor();
  const hideable =
    ".settings-more, .choices .more, .your-networks, nav a[href^='#/runs'], section[aria-labelledby=runs]";
  const areThere = () => visitor.until((selector) => document.querySelectorAll(selector).length === 5, hideable);
  await visitor.open(SHORT);
  await areThere();
  await visitor.turnTo(`${SHORT}&hide=settings,others,own,runs`);
  await visitor.until((selector) => document.querySelector(selector) === null, hideable);
  await visitor.press("Draw", "link");
  await visitor.sees("Some controls are hidden, as the address asks.");
  await visitor.press("Train", "link");
  await visitor.press("Show all", "link");
  await areThere();
  // A network that is chosen is not hidden.
  await visitor.turnTo("#/train?networks=mlp,quick&hide=others,own");
  await visitor.until(() => document.querySelectorAll(".choices .rung").length === 1);
  expect(await visitor.texts(".choices .rung .title")).toEqual(["quick"]);
});

/** What an SVG path of bars covers. */
function modulesIn(path: string, size: number): boolean[][] {
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  return modules;
}

/** What Share has: the address and the modules of its QR code. */
async function shared(visitor: Visitor) {
  const [address = ""] = await visitor.texts(".shared");
  await visitor.until(() => document.querySelector(".qr path") !== null);
  const { path, size } = await visitor.page.$eval(".qr", (svg) => ({
    path: svg.querySelector("path")?.getAttribute("d") ?? "",
    size: (svg as SVGSVGElement).viewBox.baseVal.width,
  }));
  return { address, modules: modulesIn(path, size) };
}

test("Share has the QR code of the present address, and of a lesson", async () => {
  const visitor = await pages.visitor(relay.urlAt(ELSEWHERE));
  const { page } = visitor;
  await visitor.open(SHORT);
  await visitor.click(".share > summary");
  await page.waitForSelector(".share-panel");
  const present = await shared(visitor);
  expect(present.address).toBe(await page.evaluate(() => location.href));
  expect(present.modules).toEqual(encode(present.address, { border: 4, boostEcc: true }).data);
  await visitor.press("starts the tour", "checkbox");
  await visitor.press("hides seeds and settings", "checkbox");
  await visitor.until(() => document.querySelector(".shared")?.textContent?.includes("hide=settings") ?? false);
  const lesson = await shared(visitor);
  expect(lesson.address).toMatch(/^http:\/\/pairlab\.test:\d+\/#\/train\?.*&hide=settings&tour=1$/);
  expect(lesson.modules).toEqual(encode(lesson.address, { border: 4, boostEcc: true }).data);
  const colours = await page.$$eval(".qr > *", (all) => all.map((each) => getComputedStyle(each).fill));
  expect(colours).toEqual(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  expect(await page.$$eval(".qr > *", (all) => all.map((each) => getComputedStyle(each).fill))).toEqual(colours);
  // Browsers say so of every page that they do not trust.
  const isOfTrust = (complaint: string) =>
    complaint.startsWith("The Cross-Origin-Opener-Policy header has been ignored");
  expect(visitor.complaints.splice(0).filter((complaint) => !isOfTrust(complaint))).toEqual([]);
});

test("at an address that only this machine reaches, Share has the command that lets others in, and no QR code", async () => {
  const visitor = await pages.visitor();
  await visitor.open(SHORT);
  await visitor.click(".share > summary");
  await visitor.sees("npx pairlab serve --host 0.0.0.0");
  expect(await visitor.page.$(".qr")).toBeNull();
});

test("on the machine of a server that others reach, Share has their address", async () => {
  const rewrite = (text: string) => JSON.stringify({ ...JSON.parse(text), network: ["192.168.0.7"] });
  relay.rewritten.set("/site.json", rewrite);
  const visitor = await pages.visitor(relay.url);
  await visitor.open(SHORT);
  await visitor.click(".share > summary");
  await visitor.page.waitForSelector(".share-panel");
  const { address, modules } = await shared(visitor);
  const { port, hash } = new URL(await visitor.page.evaluate(() => location.href));
  expect(address).toBe(`http://192.168.0.7:${port}/${hash}`);
  expect(modules).toEqual(encode(address, { border: 4, boostEcc: true }).data);
});

test("on paper the first page is full before the second begins", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  /** A4 between its margins, in CSS pixels. */
  const [width, height] = [680, 1009];
  await page.setViewport({ width, height });
  await visitor.open("#/train?rounds=2&epochs=1&pairs=50");
  await visitor.train();
  await visitor.until(() => document.querySelector("#differences") !== null);
  await page.emulateMediaType("print");
  const { all, empty } = await page.evaluate((pageHeight) => {
    // What is not divided, with the heading that it is not divided from.
    const whole = [...document.querySelectorAll("main :is(.rung, figure, tr, li, p, h1, h2)")]
      .filter((each) => each.checkVisibility() && !each.matches("figure *"))
      .map((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        const before = each.previousElementSibling;
        return { bottom, top: before?.matches("h2") ? before.getBoundingClientRect().top : top };
      });
    const cut = whole.filter(({ top, bottom }) => top < pageHeight && bottom > pageHeight).map(({ top }) => top);
    return { all: document.querySelector("main")?.scrollHeight ?? 0, empty: pageHeight - Math.min(pageHeight, ...cut) };
  }, height);
  expect(all).toBeGreaterThan(height);
  expect(empty / height).toBeLessThan(0.15);
});

test("on paper there is the ladder, the results, what they show, the command and the address, and no control", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  // A4 between its margins.
  await page.setViewport({ width: 680, height: 1000 });
  await visitor.open(`${SHORT}&rounds=2&tour=1`);
  await visitor.train();
  await visitor.openSettings();
  await visitor.until(() => document.querySelector("#differences") !== null);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await page.emulateMediaType("print");
  const { controls, overlaps, wider, shown, paper } = await page.evaluate(() => {
    const visible = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility({ visibilityProperty: true }));
    const boxes = visible("main > *, main > .first-screen > *, .rung, .error-curves").map((each) => ({
      each,
      box: each.getBoundingClientRect(),
    }));
    const names = ({ each }: { readonly each: Element }) => each.className || each.tagName;
    return {
      controls: visible("button:not(.term), input, select, textarea, summary, nav, .tour, .share").map(
        (each) => each.outerHTML,
      ),
      overlaps: boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter((b) => !a.each.contains(b.each) && a.box.top < b.box.bottom - 1 && b.box.top < a.box.bottom - 1)
          .map((b) => `${names(a)} ${names(b)}`),
      ),
      wider: visible("main *:not(.hidden, .hidden *, svg *)")
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.outerHTML.slice(0, 80)),
      shown: visible("h1, .rung .error b, .results td.strong, #differences, .command code, .printed").map(
        ({ textContent }) => textContent ?? "",
      ),
      paper: getComputedStyle(document.body).backgroundColor,
    };
  });
  expect(controls).toEqual([]);
  expect(overlaps).toEqual([]);
  expect(wider).toEqual([]);
  expect(paper).toBe("rgb(255, 255, 255)");
  const percentage = expect.stringMatching(/^\d.*%/);
  expect(shown).toEqual([
    "How much is each hint worth?",
    ...[percentage, percentage],
    ...[percentage, percentage],
    "What differs",
    expect.stringMatching(/^npx pairlab compare mlp one-by-one .*--epochs 2/),
    await page.evaluate(() => location.href),
  ]);
});
