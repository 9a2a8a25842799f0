import { expect, test } from "vitest";
import type { LayerActivations } from "../../src/core/engine/readings.js";
import { type Inspection, Inspector, type Pairs, pairsOfJob, type RunRecord } from "../../src/core/index.js";
import { loadDataset } from "../../src/node/index.js";
import { newKernels } from "../support/kernels.js";
import { drawWithMouse, SEVEN, THREE } from "./support/drawing.js";
import { checkMeasures } from "./support/measures.js";
import { usePages } from "./support/pages.js";
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

  await visitor.press("Next");
  expect(await verdict(visitor, 1)).toBe(expectedVerdict(drawn, 1, inspect(1)));
  await visitor.press("Previous");
  await visitor.press("Previous");
  expect(await verdict(visitor, 999)).toBe(expectedVerdict(drawn, 999, inspect(999)));
  await visitor.click(".gallery li button");
  const worst = Number(/pair (\d+)/.exec((await visitor.texts(".gallery li"))[0] ?? "")?.[1]);
  expect(await verdict(visitor, worst)).toMatch(/which is wrong/);
  expect(await verdict(visitor, worst)).toBe(expectedVerdict(drawn, worst, inspect(worst)));

  await visitor.press("Draw a pair", "link");
  await drawWithMouse(visitor, "first", THREE);
  await drawWithMouse(visitor, "second", SEVEN);
  await visitor.until(() => document.querySelector(".answer")?.textContent !== "");
  await visitor.settled();
  const [answer] = await visitor.texts(".answer");
  await visitor.press("Look inside", "link");
  await visitor.press("Drawn pair");
  await visitor.until((says) => document.querySelector(".says")?.textContent === `It says ${says}`, answer);
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

const said = (digits: readonly [number, number], holds: boolean): string => digits.join(holds ? " ≤ " : " > ");

function expectedVerdict({ classes, targets }: Pairs, pair: number, { beliefs, holds, probability }: Inspection) {
  const digits = [classes[2 * pair], classes[2 * pair + 1]] as [number, number];
  const isLess = targets[pair] === 1;
  const named = beliefs?.map((of) => of.indexOf(Math.max(...of))) as [number, number];
  const judged = holds === isLess ? "which is right" : "which is wrong";
  return `It says ${said(named, holds)}, ${judged}: ${said(digits, isLess)} P(first ≤ second) = ${probability.toFixed(4)}`;
}

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
