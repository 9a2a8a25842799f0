import { expect, test } from "vitest";
import type { LayerActivations } from "../../src/core/engine/readings.js";
import { type Inspection, Inspector, type Pairs, pairsOfJob, type RunRecord } from "../../src/core/index.js";
import { loadDataset } from "../../src/node/index.js";
import { GLOSSARY } from "../../src/web/ui/glossary.js";
import { newKernels } from "../support/kernels.js";
import { sideways } from "./support/axe.js";
import { answer, drawWithMouse, SEVEN, THREE } from "./support/drawing.js";
import { checkMeasures } from "./support/measures.js";
import { usePages } from "./support/pages.js";
import { noteShifts, shifts, whatMoved } from "./support/shifts.js";
import type { Visitor } from "./support/visitor.js";

const pages = usePages({ images: "few" });

test("what the view says of a network is what Node works out of the same run", async () => {
  const { id, testError, seed, config } = await pages.json<RunRecord>(
    ...["train", "weight-sharing-auxiliary", "--seed", "8", "--epochs", "3", "--pairs", "300"],
  );
  const inspector = new Inspector(await pages.store.resolve(id), newKernels());
  const { test: drawn } = pairsOfJob({ seed, config }, await loadDataset(pages.few));
  const inspect = (pair: number) => inspector.inspect(imageOf(drawn, 2 * pair), imageOf(drawn, 2 * pair + 1));

  const visitor = await pages.visitor();
  const { page } = visitor;
  await visitor.open("#/train?networks=weight-sharing-auxiliary&seed=8&rounds=1&epochs=3&pairs=300");
  await visitor.train();
  await visitor.openRunList();
  await visitor.press("look inside", "link");
  await visitor.sees("Which digits it confuses");
  expect(await visitor.address()).toContain(`run=${id}`);
  // From one pair to all.
  expect(await page.$$eval(".inside h2", (all) => all.map((each) => each.id))).toEqual(SECTIONS);

  await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
  const { error, thresholds } = await checkMeasures(visitor, pages, id);
  const worth = (await visitor.texts('section[aria-labelledby="worth"] li')).join(" ");
  expect(worth).toContain(`It is wrong on ${(100 * error.value).toFixed(1)}% (95% interval`);
  expect(worth).toContain(`which ${thresholds?.validationPairs.toLocaleString("en")} validation pairs chose`);

  const wrong = Math.round(testError * 1000);
  expect(await visitor.text()).toContain(
    `It is wrong on ${wrong} of its round's 1000 test pairs, ${(100 * testError).toFixed(1)}%.`,
  );
  expect(await visitor.texts(".gallery li")).toHaveLength(Math.min(wrong, 24));
  await visitor.press(`More of ${wrong}`);
  await visitor.until((count) => document.querySelectorAll(".gallery li").length === count, Math.min(wrong, 48));

  // Every image is taken for some digit: a row of the confusions adds up to its digit's images.
  const confusions = await digitTable(visitor, "confusion");
  const sum = (counts: readonly number[]) => counts.reduce((total, each) => total + each, 0);
  expect(confusions.map(sum)).toEqual(
    Array.from({ length: 10 }, (_, digit) => drawn.classes.filter((each) => each === digit).length),
  );
  const misread = 2000 - sum(confusions.map((counts, digit) => counts[digit] as number));
  expect(await visitor.text()).toContain(`It gets the digit wrong on ${misread} of 2000 test images.`);

  await page.$eval("#pair", (heading) => heading.scrollIntoView());
  expect(await verdict(visitor, 0)).toBe(expectedVerdict(drawn, 0, inspect(0)));
  // The strongest unit of the first convolution at first; then any other.
  const seen = await pointed(visitor);
  const conv = layersOf(inspect(0)).find(({ layer }) => layer.kind === "convolution") as LayerActivations;
  expect(Math.max(...conv.values)).toBeCloseTo(seen.sum, 3);
  expect(valueAt(conv, seen)).toBeCloseTo(seen.sum, 3);
  const unit = { channel: 5, row: 3, column: 7 };
  for (const [axis, value] of Object.entries(unit)) await visitor.fill(axis, String(value), "spinbutton");
  await visitor.until(
    (wanted) =>
      [...document.querySelectorAll<HTMLInputElement>(".arithmetic input")].map(({ value }) => value).join() === wanted,
    Object.values(unit).join(),
  );
  const other = await pointed(visitor);
  expect(other.sum).toBeCloseTo(valueAt(conv, unit), 3);
  // Bias and products, as they stand there, add up to it; each is rounded to 4 digits.
  expect(other.bias + other.products).toBeCloseTo(other.sum, 3);

  // So do the patch's numbers times the kernel's, one by one; each is rounded to 3 digits.
  const cells = await productsOf(visitor);
  expect(cells).toHaveLength(25);
  for (const { input, weight, product } of cells) expect(input * weight).toBeCloseTo(product, 1);
  const added = cells.reduce((sum, { product }) => sum + product, other.bias);
  expect(Math.abs(added - other.sum)).toBeLessThan(25 * 0.0005 + 0.0001);
  // The patch of a 5×5 kernel at row 3 and column 7 of a 14×14 image is outlined in it.
  const outline = await outlineOf(visitor);
  expect(outline.map((each) => each.toFixed(2))).toEqual(
    [unit.column / 14, unit.row / 14, 5 / 14, 5 / 14].map((each) => each.toFixed(2)),
  );
  const black = /Black is −(\d\.\d{3}) here/.exec(await visitor.text())?.[1];
  expect(Number(black)).toBeCloseTo(0.469, 1);
  expect(await visitor.text()).toContain("first layer of the shared part");

  await visitor.press("Next");
  expect(await verdict(visitor, 1)).toBe(expectedVerdict(drawn, 1, inspect(1)));
  await visitor.press("Previous");
  await visitor.press("Previous");
  expect(await verdict(visitor, 999)).toBe(expectedVerdict(drawn, 999, inspect(999)));
  await visitor.click(".gallery li button");
  const worst = Number(/pair (\d+)/.exec((await visitor.texts(".gallery li"))[0] ?? "")?.[1]);
  expect(await verdict(visitor, worst)).toMatch(/The answer is wrong/);
  expect(await verdict(visitor, worst)).toBe(expectedVerdict(drawn, worst, inspect(worst)));

  await visitor.press("Draw a pair", "link");
  await drawWithMouse(visitor, "first", THREE);
  await drawWithMouse(visitor, "second", SEVEN);
  await visitor.settled();
  const claim = await answer(visitor);
  await visitor.press("Look inside", "link");
  await visitor.press("Drawn pair");
  const [first, second] = claim.split(/ [≤>] /);
  await visitor.until(
    (wanted) => document.querySelector(".says")?.textContent?.startsWith(wanted) ?? false,
    `It takes them for ${first} and ${second}, and says ${first} ≤ ${second}: ${claim.includes("≤") ? "yes" : "no"}.`,
  );
  // Nobody knows what was drawn.
  expect(await visitor.text()).not.toMatch(/They are \d/);
});

const SECTIONS = ["pair", "mistakes", "layers", "worth", "confusion", "ideal"];

test("the arithmetic stands beside the layers where there is room, and below its layer on a phone", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await page.setViewport({ width: 1366, height: 768 });
  await visitor.open("#/inside");
  await visitor.sees("The arithmetic of one unit");
  await page.$eval(".layer .mosaic canvas[aria-label*='first image']", (canvas) => canvas.scrollIntoView());
  const boxes = () =>
    page.evaluate(() =>
      [".layers", ".arithmetic"].map(
        (selector) => document.querySelector(selector)?.getBoundingClientRect().toJSON() as DOMRect,
      ),
    );
  const [layers, rail] = await boxes();
  expect(rail?.left).toBeGreaterThanOrEqual(layers?.right ?? Number.POSITIVE_INFINITY);
  expect(rail?.top).toBeGreaterThanOrEqual(0);
  expect(rail?.bottom).toBeLessThanOrEqual(768);
  // Four maps of 10 pixels beside each other, a pixel apart, as often as 840 pixels have room for.
  expect(await page.$eval(".sides .mosaic", (mosaic) => mosaic.getBoundingClientRect().width)).toBeGreaterThan(600);
  // Moving over a unit points at it.
  const before = await visitor.texts(".sum");
  const map = await page.$eval(".layer .mosaic canvas[aria-label*='first image']", (canvas) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: left + 0.3 * width, y: top + 0.3 * height };
  });
  await page.mouse.move(map.x, map.y);
  await visitor.until((was) => document.querySelector(".sum")?.textContent !== was, before[0]);

  await page.setViewport({ width: 360, height: 740 });
  await visitor.until(() => document.querySelector(".layer > .arithmetic") !== null);
  const inLayer = await page.$eval(
    ".layer > .arithmetic",
    (each) => each.parentElement?.querySelector("code")?.textContent,
  );
  expect(inLayer).toBe("trunk.0");
  expect(await sideways(visitor)).toBe(0);
});

test("a run that is not there is said to be so in plain words, with what can be done", async () => {
  const visitor = await pages.visitor();
  await visitor.go("#/inside?run=zzz");
  await visitor.sees("There is no run zzz here: no finished run that this page can reach has that id.");
  expect(await visitor.text()).not.toMatch(/api|\//);
  await visitor.press("Runs", "link", ".problem");
  expect(await visitor.address()).toMatch(/^#\/runs/);
  await visitor.turnTo("#/inside?run=zzz");
  await visitor.press("Look into another");
  await visitor.sees("The arithmetic of one unit");
  // What the browser notes of the two answers is not the page's.
  for (const complaint of visitor.complaints.splice(0)) expect(complaint).toContain("status of 404");
});

test("a word is explained by keys alone: Enter opens one sentence, Escape closes it", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await visitor.open("#/inside");
  await visitor.sees("(AUC)");
  const openNow = () => page.$$eval(":popover-open", (all) => all.map(({ textContent }) => textContent));
  await page.$$eval(".term", (all) => all.find(({ textContent }) => textContent === "AUC")?.scrollIntoView());
  await page.$$eval(".term", (all) => (all.find(({ textContent }) => textContent === "AUC") as HTMLElement).focus());
  await visitor.key("Enter");
  await visitor.until(() => document.querySelector(":popover-open") !== null);
  await visitor.until(() => document.querySelector(":popover-open")?.textContent !== "");
  expect(await openNow()).toEqual([GLOSSARY.AUC.meaning]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-expanded"))).toBe("true");
  // Beside the word, and whole.
  await visitor.until(() => {
    const { left, top, right, bottom } =
      document.querySelector(":popover-open")?.getBoundingClientRect() ?? new DOMRect();
    const word = document.activeElement?.getBoundingClientRect() ?? new DOMRect();
    const gap = Math.max(top - word.bottom, word.top - bottom);
    return gap > 0 && gap < 10 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });
  await visitor.key("Escape");
  await visitor.until(() => document.querySelector(":popover-open") === null);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("AUC");
});

test("another view begins at its top", async () => {
  const visitor = await pages.visitor();
  await visitor.open("#/inside");
  await visitor.sees("Which digits it confuses");
  await visitor.page.evaluate(() => scrollTo(0, 2000));
  await visitor.until(() => scrollY >= 2000);
  // By the keyboard: a click of this visitor would scroll to the link.
  await visitor.page.$eval('nav a[href^="#/train"]', (link) => (link as HTMLElement).focus({ preventScroll: true }));
  await visitor.key("Enter");
  await visitor.until(() => document.title === "Train · pairlab");
  await visitor.until(() => scrollY === 0);
});

test.each([
  { width: 1366, height: 768 },
  { width: 360, height: 740 },
])("nothing moves while the page loads, trains and looks: $width × $height", async (size) => {
  const visitor = await pages.firstVisitor();
  await visitor.page.setViewport(size);
  await noteShifts(visitor);
  await visitor.open("#/inside");
  await visitor.sees("Which digits it confuses");
  await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
  expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);
});

/** The whole of what the page says of a pair, once it is that one. */
async function verdict(visitor: Visitor, pair: number): Promise<string> {
  await visitor.until((wanted) => new RegExp(`pair=${wanted}$`).test(location.hash) || wanted === 0, pair);
  await visitor.until(
    (wanted) => document.querySelector<HTMLInputElement>('section[aria-labelledby="pair"] input')?.value === wanted,
    String(pair),
  );
  await visitor.settled();
  return (await visitor.texts(".verdict > div > p")).join(" ");
}

function expectedVerdict({ classes, targets }: Pairs, pair: number, { beliefs, holds, probability }: Inspection) {
  const digits = [classes[2 * pair], classes[2 * pair + 1]] as [number, number];
  const isLess = targets[pair] === 1;
  const named = beliefs?.map((of) => of.indexOf(Math.max(...of))) as [number, number];
  const yes = (is: boolean) => (is ? "yes" : "no");
  const follows = named[0] <= named[1] === holds ? "" : " Its answer does not follow from these.";
  const says = `It takes them for ${named.join(" and ")}, and says ${named.join(" ≤ ")}: ${yes(holds)}.${follows}`;
  const truth = `They are ${digits.join(" and ")}: ${yes(isLess)}, ${digits.join(isLess ? " ≤ " : " > ")}.`;
  const wrong = named.filter((each, side) => each !== digits[side]).length;
  const judged = JUDGEMENTS[holds === isLess ? "right" : "wrong"][wrong];
  return `${says} ${truth} ${judged} P(first ≤ second) = ${probability.toFixed(4)}`;
}

/** By how many of the digits are wrong. */
const JUDGEMENTS = {
  right: [
    "The answer is right, and so are the digits.",
    "The answer is right, but one digit is wrong.",
    "The answer is right, the digits are not.",
  ],
  wrong: [
    "The answer is wrong, the digits are right.",
    "The answer is wrong, and so is one digit.",
    "The answer is wrong, and so are the digits.",
  ],
} as const;

/** The numbers of the table of products. */
const productsOf = ({ page }: Visitor) =>
  page.$$eval(".terms td", (cells) =>
    cells.map((cell) => {
      const [input = 0, weight = 0, product = 0] = [
        ...(cell.textContent ?? "").replaceAll("−", "-").matchAll(/[+-]?\d+\.\d{3}/g),
      ].map(([number]) => Number(number));
      return { input, weight, product };
    }),
  );

/** The outlined patch, in parts of the input map: left, top, width, height. */
const outlineOf = ({ page }: Visitor) =>
  page.$eval(".input-map", (map) => {
    const all = map.getBoundingClientRect();
    const own = map.querySelector(".outline")?.getBoundingClientRect() ?? all;
    return [
      (own.left - all.left) / all.width,
      (own.top - all.top) / all.height,
      own.width / all.width,
      own.height / all.height,
    ];
  });

/** The unit that is pointed at, and the numbers of its arithmetic. */
async function pointed(visitor: Visitor) {
  const [channel, row, column] = await visitor.page.$$eval(".arithmetic input", (inputs) =>
    inputs.map(({ value }) => Number(value)),
  );
  const [text = ""] = await visitor.texts(".sum");
  const [, bias, products, sum] =
    /^(\S+) \(bias\) \+ Σ of 25 products, (\S+) = (\S+)$/.exec(text.replaceAll("−", "-"))?.map(Number) ?? [];
  if (sum === undefined || bias === undefined || products === undefined) throw new Error(`no arithmetic: ${text}`);
  return { channel: channel ?? 0, row: row ?? 0, column: column ?? 0, bias, products, sum };
}

const valueAt = (
  { values, shape }: LayerActivations,
  { channel, row, column }: { readonly channel: number; readonly row: number; readonly column: number },
): number => values[(channel * shape.height + row) * shape.width + column] as number;

const layersOf = ({ images: [first] }: Inspection): LayerActivations[] => first.flatMap(({ layers }) => layers);

/** The numbers of a table of digits by digits. */
const digitTable = ({ page }: Visitor, heading: string): Promise<number[][]> =>
  page.$$eval(`table[aria-labelledby="${heading}"] tbody tr`, (rows) =>
    rows.map((row) => [...row.querySelectorAll("td")].map(({ textContent }) => Number(textContent))),
  );

const imageOf = ({ images, height, width }: Pairs, image: number): Float32Array =>
  images.slice(image * height * width, (image + 1) * height * width);
