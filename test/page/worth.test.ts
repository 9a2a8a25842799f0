import { expect, test } from "vitest";
import type { RunRecord } from "../../src/core/index.js";
import { percent } from "../../src/core/text/format.js";
import { sideways } from "./support/axe.js";
import { usePages } from "./support/pages.js";
import { noteShifts, shifts, whatMoved } from "./support/shifts.js";
import { Traffic } from "./support/traffic.js";
import type { Visitor } from "./support/visitor.js";

const pages = usePages({ images: "few" });

const PHONE = { width: 360, height: 740 };

/** Opens the view at an address, and waits for the study. */
async function study(visitor: Visitor, address = "#/worth"): Promise<void> {
  await visitor.open(address);
  await visitor.until(() => document.querySelector(".worth-chart [role=slider]") !== null);
}

const sentence = async (visitor: Visitor) => (await visitor.texts(".worth-sentence"))[0] ?? "";

const slider = ({ page }: Visitor) =>
  page.$eval(".worth-chart [role=slider]", (each) => ({
    now: Number(each.getAttribute("aria-valuenow")),
    text: each.getAttribute("aria-valuetext"),
  }));

/** The middle of what a selector finds, and of the marks of the chart's axes by their texts. */
const middleOf = ({ page }: Visitor, selector: string, text = "") =>
  page.$$eval(
    selector,
    (all, wanted) => {
      const found = all.find((each) => wanted === "" || each.textContent === wanted) as Element;
      const { left, top, width, height } = found.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    },
    text,
  );

test("keys take the handle to another number of pairs; the sentence and the slider say what a hint is worth there", async () => {
  const visitor = await pages.visitor();
  await study(visitor);
  expect(await sentence(visitor)).toBe(
    "With the auxiliary loss, 1,000 pairs reach 7.9% test error. Without it you need about 6,800: 6.8 times as many. 95% interval: 5.4 to more than 7.5 times.",
  );
  await visitor.page.focus(".worth-chart [role=slider]");
  await visitor.key("ArrowRight", 2);
  expect(await sentence(visitor)).toMatch(/^With the auxiliary loss, 1,200 pairs reach about 7\.\d% test error\./);
  await visitor.key("PageUp");
  expect(await sentence(visitor)).toContain(
    "2,500 pairs reach 4.3% test error. Without it you need more than 7,500: the",
  );
  await visitor.key("Home");
  expect(await slider(visitor)).toEqual({ now: 250, text: await sentence(visitor) });
  await visitor.until(() => location.hash.includes("at=250"));

  await visitor.click(".hint-choice label:last-of-type");
  expect(await sentence(visitor)).toMatch(/^With the comparison rule, 250 pairs reach 4\.3% test error\./);
  // A link shows the same.
  const address = await visitor.address();
  expect(address).toContain("hint=comparison-rule&at=250");
  const another = await pages.visitor();
  await study(another, address);
  expect(await sentence(another)).toBe(await sentence(visitor));
});

test("the handle is dragged by a mouse, and the line ends on the curve without the hint", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await study(visitor);
  const knob = await middleOf(visitor, ".worth-chart .knob");
  const mark = await middleOf(visitor, ".worth-chart .horizontal > span", "500");
  await page.mouse.move(knob.x, knob.y);
  await page.mouse.down();
  await page.mouse.move(mark.x + 40, knob.y, { steps: 4 });
  await page.mouse.move(mark.x, knob.y - 60, { steps: 4 });
  await page.mouse.up();
  expect((await slider(visitor)).now).toBe(500);
  expect(await sentence(visitor)).toMatch(/^With the auxiliary loss, 500 pairs reach 11\.5% test error\. .*5\.2 times/);
  // After the drag the handle stays where it is.
  await page.mouse.move(knob.x, knob.y);
  expect((await slider(visitor)).now).toBe(500);

  // Without the hint 2,500 pairs have 11.6%, so that 11.5% takes a little more.
  const { across, down } = await page.evaluate(() => {
    const box = (selector: string): DOMRect => document.querySelector(selector)?.getBoundingClientRect().toJSON();
    return { across: box(".crossing .across"), down: box(".crossing .down") };
  });
  const most = await middleOf(visitor, ".worth-chart .horizontal > span", "2,500");
  expect(across.left).toBeCloseTo(mark.x, 0);
  expect(across.right).toBeCloseTo(down.left, 0);
  expect(across.right - most.x).toBeGreaterThan(0);
  expect(across.right - most.x).toBeLessThan(25);
  const ten = await middleOf(visitor, ".worth-chart .vertical > span", "10%");
  expect(across.top).toBeLessThan(ten.y);
});

test("a point is trained here to the command line's bits, and lands where its error is", async () => {
  const visitor = await pages.visitor();
  await noteShifts(visitor);
  await study(visitor, "#/worth?hint=auxiliary-loss&at=250");
  await visitor.press("Train this point here");
  await visitor.sees("Your runs on 250 pairs: ");
  const commands = await visitor.texts(".train-point code");
  expect(commands).toHaveLength(2);
  const records = await Promise.all(
    commands.map((command) =>
      pages.json<RunRecord>(
        ...command
          .replace(/^npx pairlab /, "")
          .replace(" --no-config", "")
          .split(" "),
      ),
    ),
  );
  expect(records.map(({ config, seed }) => [config.trainPairs, seed])).toEqual([
    [250, 0],
    [250, 0],
  ]);
  const links = await visitor.page.$$eval(".train-point a", (all) =>
    all.map((each) => each.getAttribute("href") ?? ""),
  );
  records.forEach(({ id }, i) => {
    expect(links[i]).toContain(`run=${id}`);
  });
  expect((await visitor.texts(".train-point [role=status]"))[0]).toBe(
    `Your runs on 250 pairs: + weight sharing ${percent(records[0]?.testError ?? 0)}, + auxiliary loss ${percent(records[1]?.testError ?? 0)}. They are one round, tested on 1,000 pairs; the study's are means of 12 rounds, tested on 5,000.`,
  );

  const [low, high] = [
    await middleOf(visitor, ".worth-chart .vertical > span", "1%"),
    await middleOf(visitor, ".worth-chart .vertical > span", "20%"),
  ];
  const rings = await visitor.page.$$eval(".own-point > i", (all) =>
    all.map((each) => {
      const { top, height } = each.getBoundingClientRect();
      return top + height / 2;
    }),
  );
  expect(rings).toHaveLength(2);
  for (const { testError } of records) {
    const y = low.y + (Math.log(testError / 0.01) / Math.log(20)) * (high.y - low.y);
    expect(Math.min(...rings.map((ring) => Math.abs(ring - y)))).toBeLessThan(1.5);
  }
  expect((await visitor.texts(".own-point em")).toSorted()).toEqual(
    records.map(({ testError }) => `your run: ${percent(testError)}`).toSorted(),
  );
  expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);

  await visitor.press("Look inside + auxiliary loss", "link");
  await visitor.until((id) => location.hash.includes(`#/inside`) && location.hash.includes(id), records[1]?.id ?? "");
  await visitor.until(() => document.querySelector("#pair") !== null);
});

test("nothing moves while the view comes and the handle is dragged for a while", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await noteShifts(visitor);
  await study(visitor);
  const knob = await middleOf(visitor, ".worth-chart .knob");
  await page.mouse.move(knob.x, knob.y);
  await page.mouse.down();
  // Longer than the half second in which what moves counts as an answer to the pointer.
  for (let i = 0; i < 30; i++) {
    await page.mouse.move(knob.x + 250 * Math.sin(i / 5), knob.y);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 30)));
  }
  await page.mouse.up();
  expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);
});

test("on a phone hints, sentence and chart are in one screen, and a finger on the handle does not scroll the page", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await page.setViewport({ ...PHONE, hasTouch: true });
  await study(visitor);
  const [top, bottom] = await page.evaluate(() => {
    const boxes = [".hint-choice", ".worth-sentence", ".worth-chart .plot", ".worth-chart .horizontal > span"].map(
      (selector) => (document.querySelector(selector) as Element).getBoundingClientRect(),
    );
    return [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))] as const;
  });
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(PHONE.height);
  expect(await sideways(visitor)).toBe(0);

  const knob = await middleOf(visitor, ".worth-chart .knob");
  const mark = await middleOf(visitor, ".worth-chart .horizontal > span", "500");
  await page.touchscreen.touchStart(knob.x, knob.y);
  for (let i = 1; i <= 8; i++) await page.touchscreen.touchMove(knob.x + ((mark.x - knob.x) * i) / 8, knob.y - 15 * i);
  await page.touchscreen.touchEnd();
  expect((await slider(visitor)).now).toBe(500);
  expect(await page.evaluate(() => scrollY)).toBe(0);

  // A tap beside the handle takes it there; a finger that scrolls does not.
  const most = await middleOf(visitor, ".worth-chart .horizontal > span", "2,500");
  await page.touchscreen.tap(most.x, knob.y - 120);
  expect((await slider(visitor)).now).toBe(2500);
});

test("neither the study nor its view is fetched before the view is asked for", async () => {
  const visitor = await pages.firstVisitor();
  const traffic = await Traffic.of(visitor.page);
  const isOfView = (path: string) => path.includes("worth-view");
  await visitor.open("#/train?networks=quick&rounds=1&epochs=1");
  await visitor.train();
  expect(traffic.paths.filter(isOfView)).toEqual([]);
  await visitor.press("What is a hint worth in pairs?", "link");
  await visitor.until(() => document.querySelector(".worth-chart [role=slider]") !== null);
  expect(traffic.paths.filter(isOfView)).not.toEqual([]);
});

test("the tables have what the study printed", async () => {
  const visitor = await pages.visitor();
  await study(visitor);
  const rows = await visitor.texts('table[aria-labelledby="study-factors"] tbody tr:nth-child(3) td');
  expect(rows).toEqual(["1.3× [1.2, 1.5]", "1.9× [1.7, 2.2]", "6.8× [5.4, > 7.5]", "4.8× [4.2, 5.4]"]);
});
