import { expect, test } from "vitest";
import { answer, drawWithMouse, SEVEN, THREE } from "./support/drawing.js";
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
