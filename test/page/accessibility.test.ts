import { expect, test } from "vitest";
import { pairlab } from "../support/pairlab.js";
import { bringAxe, checkView, sideways } from "./support/axe.js";
import { drawWithMouse, SEVEN, THREE } from "./support/drawing.js";
import { usePages } from "./support/pages.js";

const pages = usePages({ images: "few" });

const USUAL = { width: 1280, height: 900 };
const WIDE = { width: 3840, height: 2160 };

test("no view breaks a rule of axe, in light and dark, on a phone and on a desk; none scrolls sideways", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await bringAxe(visitor);
  await visitor.open("#/train?networks=quick,mlp&seed=1&rounds=2&epochs=2&pairs=200");
  await visitor.train();
  await page.$$eval("main details", (all) => {
    for (const each of all) each.open = true;
  });
  // The layers of three networks; fifteen would take axe seconds.
  await page.$$eval(".rung .layers", (all) => {
    for (const each of all.slice(0, 3)) (each as HTMLButtonElement).click();
  });
  await visitor.until(() => document.querySelectorAll(".layers-panel svg").length === 6);
  await visitor.until(() => document.querySelectorAll(".panel svg").length === 4);
  await checkView(visitor);

  await visitor.press("Draw", "link");
  await drawWithMouse(visitor, "first", THREE);
  await drawWithMouse(visitor, "second", SEVEN);
  // A row for each network.
  await visitor.until(() => document.querySelectorAll('table[aria-labelledby="answers"] tbody tr').length === 2);
  await checkView(visitor);

  await visitor.press("Look inside", "link");
  // A network that learns digits has all parts of the view.
  const networks = await page.$$eval(".choice option", (all) => all.map(({ value, text }) => ({ value, text })));
  await page.select(".choice select", networks.find(({ text }) => text.startsWith("quick"))?.value ?? "");
  await visitor.sees("Which digits it confuses");
  await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
  await page.$eval('section[aria-labelledby="worth"] details', (details) => {
    (details as HTMLDetailsElement).open = true;
  });
  await checkView(visitor);

  // A run of the command line, with its group and its curves shown.
  await pairlab(["train", "quick", "--epochs", "2", "--data", pages.few, "--runs", pages.at("runs"), "--quiet"]);
  await visitor.press("Runs", "link");
  await page.waitForSelector("[aria-expanded=false]");
  await visitor.click("[aria-expanded=false]");
  await visitor.press("curves");
  await visitor.until(() => document.querySelectorAll(".panel svg").length === 2);
  await checkView(visitor);
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
