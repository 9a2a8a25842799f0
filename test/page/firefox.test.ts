import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { here } from "../support/here.js";
import { writeFlags } from "../support/own-images.js";
import { expectAnswerInView } from "./support/answer-in-view.js";
import { noteBars } from "./support/bars.js";
import { answer, drawWithMouse, SEVEN, THREE } from "./support/drawing.js";
import { givePictures, setReading, shownSha256 } from "./support/own-pictures.js";
import { usePages } from "./support/pages.js";

const pages = usePages({ browser: "Firefox", images: "few" });

test("Firefox trains to the same bits, and what it has trained answers what is drawn and is measured", async () => {
  const visitor = await pages.visitor();
  await visitor.open("#/train?networks=mlp,quick&seed=0&rounds=1&epochs=1");
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await pages.trained(["mlp", "quick"], [0], "--epochs", "1"));

  // What was trained is there after a reload, and is not trained again.
  const trained = await visitor.hashes();
  await visitor.page.reload();
  await visitor.ready();
  await visitor.done();
  expect(await visitor.hashes()).toEqual(trained);

  await visitor.press("Draw", "link");
  await drawWithMouse(visitor, "first", THREE);
  await drawWithMouse(visitor, "second", SEVEN);
  expect(await answer(visitor)).toBe("3 ≤ 7");
  await visitor.until(() => document.querySelector(".answer strong")?.textContent === "3 ≤ 7");
  await expectAnswerInView(visitor);
  await visitor.page.setViewport({ width: 1366, height: 768 });

  await visitor.press("Look inside", "link");
  await visitor.sees("Layer by layer");
  await visitor.click(".term");
  await visitor.until(() => /\.$/.test(document.querySelector(":popover-open")?.textContent ?? ""));
  await visitor.key("Escape");
  await visitor.until(() => document.querySelector(":popover-open") === null);
  await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
  expect((await visitor.texts(".worth li"))[0]).toMatch(/^It is wrong on \d.* of 1,000 pairs\. Always no would have/);
});

test.each([
  [1366, 768],
  [360, 740],
])(
  "at %d×%d Firefox moves a bar in view before anybody has scrolled, and reads results and ends aloud",
  async (width, height) => {
    const visitor = await pages.firstVisitor();
    const { page } = visitor;
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(noteBars);
    await visitor.open("");
    await visitor.until(() => Object.values(globalThis.moved).some(({ widths }) => widths.length > 2));
    const { moved, announced } = await page.evaluate(() => ({
      moved: globalThis.moved,
      announced: globalThis.announced,
    }));
    for (const [name, { inView }] of Object.entries(moved)) expect({ name, inView }).toEqual({ name, inView: true });
    for (const text of announced) expect(text).toMatch(/^$|% test error\.$|^Done\.$/);
    await visitor.press("Stop");
  },
);

test("Firefox reaches Start by two Tabs, and shows the test error on a phone", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await page.setViewport({ width: 360, height: 740 });
  await visitor.open("#/train?networks=quick&seed=1&rounds=1&epochs=2&pairs=200");
  await page.focus(".skip");
  await visitor.key("Enter");
  await visitor.key("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Start");
  await visitor.key("Enter");
  await visitor.done();
  await visitor.until(() => document.querySelectorAll("td.strong:not(:empty)").length === 1);
  const edges = await page.$$eval(".results :is(th, td):nth-child(2), .rung.chosen .error", (all) =>
    all.flatMap((each) => [each.getBoundingClientRect().left, each.getBoundingClientRect().right]),
  );
  expect(edges.length).toBeGreaterThanOrEqual(6);
  expect(Math.min(...edges)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...edges)).toBeLessThanOrEqual(360);
});

test("Firefox shows the study, and its handle moves by keys and by mouse", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await visitor.open("#/worth");
  await visitor.until(() => document.querySelector(".worth-chart [role=slider]") !== null);
  await page.focus(".worth-chart [role=slider]");
  await visitor.key("PageUp");
  await visitor.sees("With the auxiliary loss, 2,500 pairs reach 4.3% test error.");
  const [knob, mark] = await page.evaluate(() =>
    [".worth-chart .knob", ".worth-chart .horizontal > span"].map((selector) => {
      const { left, top, width, height } = (document.querySelector(selector) as Element).getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }),
  );
  await page.mouse.move(knob?.x ?? 0, knob?.y ?? 0);
  await page.mouse.down();
  await page.mouse.move(mark?.x ?? 0, knob?.y ?? 0, { steps: 5 });
  await page.mouse.up();
  await visitor.sees("With the auxiliary loss, 250 pairs reach 15.0% test error.");
});

test("Firefox reads a zip file of one's own pictures to the same pixels", async () => {
  process.env.PAIRLAB_CACHE = pages.at("cache");
  const folder = pages.at("flags");
  await writeFlags(folder, 5, () => 4);
  const files: Record<string, Uint8Array> = {};
  for (const path of await readdir(folder, { recursive: true }))
    if (path.endsWith(".png")) files[path] = await readFile(join(folder, path));
  await writeFile(`${folder}.zip`, zipSync(files));
  const visitor = await pages.visitor();
  await givePictures(visitor, `${folder}.zip`, "archive");
  await visitor.sees("choose “Fit”");
  await setReading(visitor, "fit", "crop");
  await visitor.sees("20 pictures in 5 classes");
  const { stdout } = await here(["data", "show", folder, "--fit", "crop", "--json"]);
  expect(await shownSha256(visitor)).toBe(JSON.parse(stdout).sha256);
  await visitor.until(() => document.querySelectorAll(".drawn canvas").length > 0);
});
