import { expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { pairlab } from "../support/pairlab.js";
import { drawWithMouse, onPad, type Point, padOf, SEVEN, type Side, THREE } from "./support/drawing.js";
import { usePages } from "./support/pages.js";
import type { Visitor } from "./support/visitor.js";

const pages = usePages({ images: "few" });

/** Waits until the large letters say it. */
const says = (visitor: Visitor, words: string) =>
  visitor.until((wanted) => document.querySelector(".answer")?.textContent === wanted, words);

/** Waits until the pads have so many strokes. */
const hasStrokes = (visitor: Visitor, ...counts: number[]) =>
  visitor.until(
    (wanted) =>
      [...document.querySelectorAll(".pad")].map((pad) => pad.querySelectorAll("polyline").length).join() === wanted,
    counts.join(),
  );

test("a run of other images, though they have the same shape, is not asked about a drawing", async () => {
  await writeFewDigits(pages.at("clothes"));
  const words = ["train", "quick", "--epochs", "1", "--data", pages.at("clothes"), "--runs", pages.at("runs")];
  const { id } = JSON.parse((await pairlab([...words, "--quiet", "--json"])).stdout);
  const visitor = await pages.visitor();
  await visitor.go(`#/inside?run=${id}`);
  await visitor.sees("This run was trained on other images, clothes");
  await visitor.press("Draw", "link");
  await visitor.sees("To have an answer for you, this page has trained quick on 1,000 pairs");
  for (const side of ["first", "second"] as const) await drawWithMouse(visitor, side, SEVEN);
  await says(visitor, "7 ≤ 7");
  expect(await visitor.texts('table[aria-labelledby="answers"] tbody td:last-child')).toEqual(["0"]);
  await visitor.press("Look inside", "link");
  await visitor.sees("This run was trained on other images, clothes");
});

test("a first visitor is told what is trained, and draws with a mouse, a finger and keys alone", async () => {
  const visitor = await pages.firstVisitor();
  await visitor.open("#/draw");
  await visitor.sees("To have an answer for you, this page has trained quick on 1,000 pairs: 2,234 parameters");
  // What `pairlab train quick` says of the same run.
  const { testError } = await pages.json<{ testError: number }>("train", "quick");
  await visitor.sees(`wrong on ${(100 * testError).toFixed(1)}% of its test pairs`);
  expect(await visitor.text()).toContain("Draw both digits.");

  await drawWithMouse(visitor, "first", THREE);
  await hasStrokes(visitor, 1, 0);
  expect(await visitor.text()).toContain("Draw both digits.");
  await drawWithMouse(visitor, "second", SEVEN);
  await says(visitor, "3 ≤ 7");
  expect(await visitor.texts('table[aria-labelledby="answers"] tbody td.strong')).toEqual(["3 ≤ 7"]);

  // A stroke that spoils the digit, and back.
  await drawWithMouse(visitor, "first", [
    [0.5, 0.1],
    [0.5, 0.9],
  ]);
  await hasStrokes(visitor, 2, 1);
  await pressOn(visitor, "first", "Undo");
  await hasStrokes(visitor, 1, 1);
  await says(visitor, "3 ≤ 7");

  await pressOn(visitor, "first", "Clear");
  await pressOn(visitor, "second", "Clear");
  await visitor.sees("Draw both digits.");
  await drawWithFinger(visitor, "first", SEVEN);
  await drawWithFinger(visitor, "second", THREE);
  await says(visitor, "7 > 3");

  for (const side of ["first", "second"] as const) {
    await focusOn(visitor, side);
    await visitor.key("Delete");
  }
  await hasStrokes(visitor, 0, 0);
  await drawWithKeys(visitor, "first", THREE_IN_STEPS);
  await drawWithKeys(visitor, "second", SEVEN_IN_STEPS);
  await says(visitor, "3 ≤ 7");
  await visitor.key("Backspace");
  await hasStrokes(visitor, 1, 0);
  await visitor.sees("Draw both digits.");
});

const focusOn = ({ page }: Visitor, side: Side) => page.$eval(padOf(side), (pad) => (pad as SVGElement).focus());

const pressOn = (visitor: Visitor, side: Side, name: string) =>
  visitor.press(name, "button", `.pad:nth-of-type(${side === "first" ? 1 : 2})`);

async function drawWithFinger(visitor: Visitor, side: Side, stroke: readonly Point[]): Promise<void> {
  const place = await onPad(visitor, side);
  const [first, ...others] = stroke.map(place);
  if (!first) return;
  const finger = await visitor.page.touchscreen.touchStart(first.x, first.y);
  for (const { x, y } of others) await finger.move(x, y);
  await finger.end();
}

/** Corners in steps of the pen, of which a pad is 20 wide. */
const THREE_IN_STEPS: readonly Point[] = [
  [6, 3],
  [13, 3],
  [13, 10],
  [8, 10],
  [13, 10],
  [13, 17],
  [6, 17],
];
const SEVEN_IN_STEPS: readonly Point[] = [
  [5, 4],
  [14, 4],
  [13, 8],
  [11, 12],
  [9, 17],
];

/** Moves the pen by arrow keys from the middle to the first corner, puts it down, and moves it on. */
async function drawWithKeys(visitor: Visitor, side: Side, corners: readonly Point[]): Promise<void> {
  await focusOn(visitor, side);
  let [x, y] = [10, 10];
  for (const [i, [toX, toY]] of corners.entries()) {
    // One step sideways and one down at a time, so that a slanted line is drawn as stairs.
    while (x !== toX || y !== toY) {
      if (x !== toX) await visitor.key(x < toX ? "ArrowRight" : "ArrowLeft");
      if (y !== toY) await visitor.key(y < toY ? "ArrowDown" : "ArrowUp");
      x += Math.sign(toX - x);
      y += Math.sign(toY - y);
    }
    if (i === 0) await visitor.key(" " as "Space");
  }
  await visitor.key("Enter");
}
