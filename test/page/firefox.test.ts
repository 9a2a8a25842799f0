import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { here } from "../support/here.js";
import { writeFlags } from "../support/own-images.js";
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

  await visitor.press("Look inside", "link");
  await visitor.sees("Layer by layer");
  await visitor.click(".term");
  await visitor.until(() => /\.$/.test(document.querySelector(":popover-open")?.textContent ?? ""));
  await visitor.key("Escape");
  await visitor.until(() => document.querySelector(":popover-open") === null);
  await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
  expect((await visitor.texts(".worth li"))[0]).toMatch(/^It is wrong on \d.* of 1,000 pairs\. Always no would have/);
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
