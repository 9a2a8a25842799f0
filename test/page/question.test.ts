import { expect, test } from "vitest";
import { drawWithMouse, SEVEN } from "./support/drawing.js";
import { usePages } from "./support/pages.js";
import type { Visitor } from "./support/visitor.js";

const pages = usePages({ images: "few" });

/** All that is there to be read, in pictures and by who cannot see them. */
const everything = ({ page }: Visitor) =>
  page.evaluate(() =>
    [document.body.innerText, ...[...document.querySelectorAll("svg")].map((svg) => svg.textContent)].join("\n"),
  );

const PAPERS = /≤|less than or equal/;

test("the page asks what its address says: in words, pictures, results, answers and the command", async () => {
  const visitor = await pages.firstVisitor();
  await visitor.open("#/train?networks=mlp,one-by-one&rounds=1&epochs=1&relation=equal");
  await visitor.sees("says whether the first is the same as the second");
  await visitor.train();
  await visitor.done();
  await visitor.press("Layers of MLP");
  await visitor.until(() => document.querySelectorAll(".layers-panel svg").length === 2);
  const told = await everything(visitor);
  expect(told).toContain("first = second?");
  expect(told).toContain(
    "npx pairlab compare mlp one-by-one --seed 0 --rounds 1 --relation equal --epochs 1 --no-config",
  );
  expect(told).toContain("The paper asks another question");
  expect(told).not.toMatch(/Verdict|Paper's test error/);
  expect(told.replaceAll("paper: less-or-equal", "")).not.toMatch(PAPERS);

  await visitor.turnTo("#/draw?relation=equal");
  await visitor.sees("Is the first the same as the second?");
  for (const side of ["first", "second"] as const) await drawWithMouse(visitor, side, SEVEN);
  await visitor.sees("P(same)");
  expect(await everything(visitor)).not.toMatch(PAPERS);

  await visitor.turnTo("#/inside?relation=equal");
  await visitor.sees("Its mistakes, worst first");
  await visitor.sees("P(first = second)");
  expect(await everything(visitor)).not.toMatch(PAPERS);

  await visitor.turnTo("#/draw?relation=sum-at-least-10");
  await visitor.sees("P(sum ≥ 10)");
  await visitor.turnTo("#/inside?relation=sum-at-least-10");
  await visitor.sees("What it decides of ideal digits");
  expect(await everything(visitor)).toContain("P(first + second ≥ 10)");
  expect(await everything(visitor)).not.toMatch(PAPERS);
});

test("another question is typed into its field, and has answers of its own", async () => {
  const visitor = await pages.firstVisitor();
  await visitor.open("#/draw?relation=less");
  await visitor.sees("To have an answer for you");
  await visitor.turnTo("#/train?relation=less");
  await visitor.fill("Question", "sum-at-least-x", "combobox");
  await visitor.sees("It must be sum-at-least- and a number, such as sum-at-least-10");
  await visitor.fill("Question", "sum-at-least-10", "combobox");
  await visitor.sees("says whether the sum of the two is at least 10");
  expect(await visitor.address()).toContain("relation=sum-at-least-10");
  await visitor.press("Draw", "link");
  await visitor.sees("Is the sum of the two at least 10?");
  await visitor.sees("1 run has learned the answer to another question: less");
});
