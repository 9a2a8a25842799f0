import { expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { pairlab } from "../support/pairlab.js";
import { expectAnswerInView, SIZES } from "./support/answer-in-view.js";
import { drawWithMouse, onPad, type Point, padOf, SEVEN, type Side, THREE } from "./support/drawing.js";
import { usePages } from "./support/pages.js";
import { noteShifts, shifts, whatMoved } from "./support/shifts.js";
import type { Visitor } from "./support/visitor.js";

const pages = usePages({ images: "few" });

/** Waits until the large letters say it. */
const says = (visitor: Visitor, words: string) =>
  visitor.until(
    (wanted) =>
      /says:/.test(document.querySelector(".answer")?.textContent ?? "") &&
      document.querySelector(".answer strong")?.textContent === wanted,
    words,
  );

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
  await visitor.sees("quick takes the first digit for");
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
  await visitor.sees("quick takes the first digit for");
});

test("the answer and both pads are in view without scrolling, on desks and on phones", async () => {
  const visitor = await pages.visitor();
  await visitor.open("#/draw");
  await drawWithMouse(visitor, "first", THREE);
  await drawWithMouse(visitor, "second", SEVEN);
  await says(visitor, "3 ≤ 7");
  await expectAnswerInView(visitor);
});

test("an empty pad asks for a digit; one digit alone is named, and what is said is read when its stroke ends", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await visitor.open("#/draw");
  await visitor.sees("To have an answer for you");
  expect(await visitor.texts(".prompt")).toEqual(["draw a digit", "and another here"]);
  const isInTheWay = await page.$eval(".prompt", (prompt) => {
    const { left, top, width, height } = prompt.getBoundingClientRect();
    return prompt.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(isInTheWay).toBe(false);
  expect(await takenFor(visitor)).toEqual(["nothing yet", "nothing yet"]);

  await drawWithMouse(visitor, "first", SEVEN, async () => {
    await visitor.until(() => /takes the first/.test(document.querySelector(".answer")?.textContent ?? ""));
    expect(await visitor.texts(".draw p[role=status].hidden")).toEqual(["Draw both digits."]);
  });
  expect(await visitor.texts(".prompt")).toEqual(["and another here"]);
  await visitor.until(() => /for 7, and is/.test(document.querySelector(".draw .hidden")?.textContent ?? ""));
  await visitor.settled();
  const [first, second] = await takenFor(visitor);
  expect(first).toMatch(/^7 with (\d\d|100)%/);
  expect(second).toBe("nothing yet");

  await drawWithMouse(visitor, "second", THREE);
  await says(visitor, "7 > 3");
  await visitor.until(() =>
    /^quick says: 7 > 3, and is (\d\d|more than 99)% sure$/.test(
      document.querySelector(".draw .hidden")?.textContent ?? "",
    ),
  );
  // The other digit has changed nothing about it.
  expect((await takenFor(visitor))[0]).toBe(first);
  expect(await visitor.texts(".prompt")).toEqual([]);
});

/** What the bars below each pad say. */
const takenFor = ({ page }: Visitor) =>
  page.$$eval(".taken svg", (all) => all.map((each) => each.getAttribute("aria-label")?.split(": ")[1]));

test("pairs to try: the rule is right about them, the other network wrong; they give way to a drawing", async () => {
  const visitor = await pages.visitor();
  await visitor.open("#/train?networks=mlp,one-by-one&seed=1&rounds=1&epochs=6&pairs=600");
  await visitor.train();
  await visitor.press("Draw", "link");
  await visitor.sees("Test digits: MLP decides these pairs wrong, one-by-one right.");
  const offered = await visitor.texts(".try li");
  expect(offered).toHaveLength(4);
  for (const [i, right] of offered.entries()) {
    await visitor.click(`.try li:nth-child(${i + 1}) button`);
    await visitor.settled();
    await visitor.until(() => /says:/.test(document.querySelector(".answer")?.textContent ?? ""));
    const sign = /[≤>]/.exec(right)?.[0] ?? "";
    const [ruled, lost] = await answersOf(visitor, "one-by-one", "MLP");
    expect(ruled).toContain(sign);
    expect(lost).toContain(sign === "≤" ? ">" : "≤");
    expect(await visitor.texts(".answer strong")).toEqual([ruled]);
  }
  expect(await visitor.page.$$eval(".sheet > canvas", (all) => all.length)).toBe(2);
  await pressOn(visitor, "first", "Clear");
  await visitor.until(() => document.querySelectorAll(".sheet > canvas").length === 1);
  expect(await visitor.texts(".prompt")).toEqual(["draw a digit"]);
  await drawWithMouse(visitor, "second", THREE);
  await hasStrokes(visitor, 0, 1);
  expect(await visitor.page.$$eval(".sheet > canvas", (all) => all.length)).toBe(0);
});

/** What the networks of these titles say, in the table. */
const answersOf = ({ page }: Visitor, ...titles: readonly string[]) =>
  page.$$eval(
    'table[aria-labelledby="answers"] tbody tr',
    (rows, named) =>
      named.map(
        (title) =>
          rows.find((row) => row.querySelector("th")?.textContent === title)?.querySelector("td.strong")?.textContent ??
          "",
      ),
    titles,
  );

test("the table of answers is as wide as its column, on desks and on a projector", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await visitor.open("#/train?networks=weight-sharing-auxiliary,one-by-one&seed=0&rounds=2&epochs=1&pairs=100");
  await visitor.train();
  await visitor.press("Draw", "link");
  await drawWithMouse(visitor, "first", THREE);
  await drawWithMouse(visitor, "second", SEVEN);
  await visitor.until(() => document.querySelectorAll(".answers td.both svg").length === 4);
  const sizes = [
    [1280, 720],
    [1366, 768],
    [1440, 900],
    [1920, 1080],
    [3840, 2160],
  ] as const;
  for (const [width, height] of sizes) {
    await page.setViewport({ width, height });
    const { scrolled, shown } = await page.$eval(".answers .scroll", ({ scrollWidth, clientWidth }) => ({
      scrolled: scrollWidth,
      shown: clientWidth,
    }));
    expect({ width, beyond: scrolled - shown }).toEqual({ width, beyond: 0 });
  }
});

test("with one network, the pairs to try are those that it is least sure of, and that is said", async () => {
  const visitor = await pages.firstVisitor();
  await visitor.open("#/draw");
  await visitor.sees("Test digits of which quick is least sure. No second network is there to compare.");
  await visitor.click(".try li:first-child button");
  await visitor.until(() => /says:/.test(document.querySelector(".answer")?.textContent ?? ""));
  const sure = /(\d+)% sure$/.exec((await visitor.texts(".answer"))[0] ?? "")?.[1];
  expect(Number(sure)).toBeLessThan(70);
});

test.each(SIZES)("nothing moves while the page loads and trains: $width × $height", async (size) => {
  const visitor = await pages.firstVisitor();
  await visitor.page.setViewport(size);
  await noteShifts(visitor);
  await visitor.open("#/draw");
  await visitor.sees("To have an answer for you");
  await visitor.sees("is least sure");
  await drawWithMouse(visitor, "first", THREE);
  await drawWithMouse(visitor, "second", SEVEN);
  await says(visitor, "3 ≤ 7");
  expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);
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
