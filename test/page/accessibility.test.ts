import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFlags } from "../support/own-images.js";
import { pairlab } from "../support/pairlab.js";
import { bringAxe, checkEverywhere, sideways } from "./support/axe.js";
import { drawWithMouse, SEVEN, THREE } from "./support/drawing.js";
import { askAboutFiles, choosePictures, setReading, trainPictures } from "./support/own-pictures.js";
import { usePages } from "./support/pages.js";
import { Relay } from "./support/relay.js";
import type { Visitor } from "./support/visitor.js";

/** A name of this machine that other machines could have for it. */
const ELSEWHERE = "pairlab.test";

const pages = usePages({
  images: "few",
  launch: { args: [`--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`] },
});

const USUAL = { width: 1280, height: 900 };
const WIDE = { width: 3840, height: 2160 };

/** Each view with all that it can show, in the order in which one visitor comes to them. */
const VIEWS: readonly (readonly [string, (visitor: Visitor) => Promise<void>])[] = [
  ["Train", showTraining],
  ["Worth", showStudy],
  ["Draw", showAnswers],
  ["Look inside", showInside],
  ["Runs", showRuns],
  // Then there are no views of digits.
  ["Your pictures", showPictures],
];

test("no view breaks a rule of axe or scrolls sideways: phone, phone on its side, laptop, projector and at 400%, in light and dark", async () => {
  const visitor = await pages.visitor();
  await bringAxe(visitor);
  await visitor.open("#/train?networks=quick,mlp&seed=0&rounds=2&epochs=2&pairs=200");
  for (const [link, show] of VIEWS) {
    if (link !== "Train") await visitor.press(link, "link", "nav");
    await show(visitor);
    await checkEverywhere(visitor);
    await visitor.page.setViewport(USUAL);
  }
});

/** Two networks with the layers of three, every curve, and the experiments so far. */
async function showTraining(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.train();
  await unfold(visitor, "main details");
  // The layers of three networks; fifteen would take axe seconds.
  await page.$$eval(".rung .layers", (all) => {
    for (const each of all.slice(0, 3)) (each as HTMLButtonElement).click();
  });
  await visitor.until(() => document.querySelectorAll(".layers-panel svg").length === 6);
  await visitor.until(() => document.querySelectorAll(".panel svg").length === 4);
  await visitor.until(() => document.querySelector(".tray > ol > li") !== null);
  await visitor.until(() => document.querySelector(".settings-more .fields, .your-networks textarea") !== null);
}

/** A point of one's own in the chart, and the tables. */
async function showStudy(visitor: Visitor): Promise<void> {
  await visitor.turnTo("#/worth?at=250");
  await visitor.press("Train this point here");
  await visitor.sees("Your runs on 250 pairs: ");
  await unfold(visitor, "main details");
}

/** A row for each network. */
async function showAnswers(visitor: Visitor): Promise<void> {
  await drawWithMouse(visitor, "first", THREE);
  await drawWithMouse(visitor, "second", SEVEN);
  await visitor.until(() => document.querySelectorAll('table[aria-labelledby="answers"] tbody tr').length >= 2);
  await visitor.settled();
}

/** A network that learns digits, which has all parts of the view, and a word that is explained. */
async function showInside(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.waitForSelector(".choice option");
  const networks = await page.$$eval(".choice option", (all) => all.map(({ value, text }) => ({ value, text })));
  await page.select(".choice select", networks.find(({ text }) => text.startsWith("quick"))?.value ?? "");
  await visitor.sees("Which digits it confuses");
  await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
  await unfold(visitor, 'section[aria-labelledby="worth"] details');
  await page.$eval(".term", (term) => term.scrollIntoView({ block: "center" }));
  await page.click(".term");
  await visitor.until(() => /\.$/.test(document.querySelector(":popover-open")?.textContent ?? ""));
}

/** The command line's runs beside the browser's: a group with its curves, and two groups side by side. */
async function showRuns(visitor: Visitor): Promise<void> {
  await pairlab(["train", "quick", "--epochs", "2", "--data", pages.few, "--runs", pages.at("runs"), "--quiet"]);
  await visitor.click('[aria-labelledby="finished"] [aria-expanded=false]');
  await visitor.press("curves");
  await visitor.until(() => document.querySelectorAll(".panel svg").length === 2);
  for (const nth of [1, 2]) await visitor.click(`[aria-labelledby="kept"] tbody:nth-of-type(${nth}) .tick`);
  await visitor.until(() => document.querySelectorAll(".side-by-side .sentences li").length === 1);
}

/** Networks that have learned pictures of one's own, and their answer about two. */
async function showPictures(visitor: Visitor): Promise<void> {
  const folder = pages.at("flags");
  const [flag = ""] = await writeFlags(folder, 5, () => 4);
  await visitor.until(() => document.querySelector(".drop-area") !== null);
  await choosePictures(visitor, folder);
  await visitor.sees("choose “Fit”");
  await setReading(visitor, "fit", "pad");
  await visitor.until(() => document.querySelectorAll(".drawn li").length > 0);
  await trainPictures(visitor);
  await askAboutFiles(visitor, [join(folder, flag, "0.png"), join(folder, flag, "1.png")]);
}

/** Opens all that is folded. */
const unfold = ({ page }: Visitor, selector: string) =>
  page.$$eval(selector, (all) => {
    for (const each of all) (each as HTMLDetailsElement).open = true;
  });

test.each([
  ["this machine's own", (relay: Relay) => relay.url, ".share-panel code"],
  ["one that others reach", (relay: Relay) => relay.urlAt(ELSEWHERE), ".qr path"],
])("the tour and Share break no rule of axe at any size, where the address is %s", async (_, siteOf, shared) => {
  const relay = await Relay.to(pages.site);
  const visitor = await pages.visitor(siteOf(relay));
  await bringAxe(visitor);
  await visitor.open("#/train?networks=mlp,one-by-one&epochs=2&pairs=300&tour=2&hide=runs");
  await visitor.click(".share > summary");
  await visitor.until((selector) => document.querySelector(selector) !== null, shared);
  await visitor.until(() => document.querySelector(".tour h2") !== null);
  await checkEverywhere(visitor, ".tour, .foot");
  // Browsers say so of every page that they do not trust.
  const isOfTrust = (complaint: string) =>
    complaint.startsWith("The Cross-Origin-Opener-Policy header has been ignored");
  expect(visitor.complaints.splice(0).filter((complaint) => !isOfTrust(complaint))).toEqual([]);
  await relay.close();
});

test("a training is started by keys alone: they reach everything that can be used, and show where they are", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await page.setViewport(USUAL);
  await visitor.open("#/train?networks=quick&seed=1&rounds=1&epochs=1&pairs=50");
  const all = await page.$$eval("a[href], button, input, select, summary, textarea, [tabindex='0']", (elements) => {
    const usable = elements.filter(
      (each) => !each.matches(":disabled") && (each.checkVisibility() || each.matches(".skip")),
    );
    for (const [i, each] of usable.entries()) each.setAttribute("data-stop", String(i));
    return usable.length;
  });
  const reached = new Set<string>();
  for (let i = 0; i < all; i++) {
    await visitor.key("Tab");
    const { stop, outline, isHidden } = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const { left, top, width, height } = at.getBoundingClientRect();
      const above = document.elementFromPoint(left + width / 2, top + height / 2);
      return {
        stop: at.dataset.stop ?? at.outerHTML,
        outline: outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth),
        isHidden: !above || !(at.contains(above) || above.contains(at)),
      };
    });
    reached.add(stop);
    expect({ outline: outline >= 2, isHidden }, stop).toEqual({ outline: true, isHidden: false });
  }
  expect(reached.size).toBe(all);

  await page.evaluate(() => document.querySelector<HTMLElement>(".skip")?.focus());
  await visitor.key("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
  const isAtStart = () => page.evaluate(() => document.activeElement?.textContent === "Start");
  for (let i = 0; i < all && !(await isAtStart()); i++) await visitor.key("Tab");
  await visitor.key("Enter");
  await visitor.done();
  expect(Object.values(await visitor.hashes())[0]).toMatch(/^[0-9a-f]{64}$/);

  // Both pads of the view Draw are stops too.
  await visitor.press("Draw", "link");
  const pads = new Set<string>();
  for (let i = 0; i < 16; i++) {
    await visitor.key("Tab");
    pads.add(await page.evaluate(() => (document.activeElement?.getAttribute("aria-label") ?? "").split(":")[0] ?? ""));
  }
  expect([...pads]).toEqual(expect.arrayContaining(["First digit", "Second digit"]));
});

test("on a screen of 3,840 pixels lines stay short, and nothing lies over anything", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await page.setViewport(WIDE);
  await visitor.open("#/train?networks=quick,mlp&seed=1&rounds=1&epochs=2&pairs=50");
  await visitor.train();
  await visitor.openCurves();
  await visitor.until(() => document.querySelectorAll(".panel svg").length === 4);
  expect(await sideways(visitor)).toBe(0);
  const { content, lines, overlaps, letter } = await page.evaluate(() => {
    const boxes = (selector: string) =>
      [...document.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
    const overlap = (a: DOMRect, b: DOMRect) =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const groups = [".rung", ".field", ".curve", "main > section"];
    const shown = groups.map((selector) => boxes(selector).filter(({ width }) => width > 0));
    return {
      letter: Number.parseFloat(getComputedStyle(document.body).fontSize),
      content: boxes("main > section").map(({ width }) => width),
      lines: boxes("main > section > p:not(.command, .key)").map(({ width }) => width),
      overlaps: shown.map((group) => group.flatMap((a, i) => group.slice(i + 1).filter((b) => overlap(a, b))).length),
    };
  });
  // What stands there is read from afar.
  expect(letter).toBe(28);
  for (const width of content) expect(width).toBeLessThanOrEqual(75 * letter);
  for (const width of lines) expect(width).toBeLessThanOrEqual(46 * letter);
  expect(overlaps).toEqual([0, 0, 0, 0]);
});
