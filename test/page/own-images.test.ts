import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunRecord } from "../../src/core/index.js";
import { writeFlags, writeLetters } from "../support/own-images.js";
import { bringAxe, checkView } from "./support/axe.js";
import { checkMeasures } from "./support/measures.js";
import { usePages, writeFewImages } from "./support/pages.js";
import type { Visitor } from "./support/visitor.js";

/** The red, green and blue of an image's middle, as it is shown. */
const middleOf = ({ page }: Visitor, selector: string): Promise<number[]> =>
  page.$eval(selector, (element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(
      Math.floor(canvas.width / 2),
      Math.floor(canvas.height / 2),
      1,
      1,
    );
    return [...data].slice(0, 3);
  });

describe("flags that nobody has split, with names of classes that have no order", () => {
  const pages = usePages({
    async images(folder) {
      process.env.PAIRLAB_CACHE = join(dirname(folder), "cache");
      await mkdir(folder);
      await writeFlags(folder, 14, (flag) => 10 + flag);
      return ["--data", folder, "--size", "16x24", "--fit", "pad"];
    },
  });

  test("train to the ids and bits of the command line, which the page names, and are shown in colour", async () => {
    const visitor = await pages.firstVisitor();
    await bringAxe(visitor);
    await visitor.open("#/train?networks=matching,weight-sharing-auxiliary&seed=3&rounds=2&epochs=1");
    await visitor.sees("two 16×24 colour images of 14 classes and says whether the first is the same as the second");
    expect(await visitor.address()).toContain("relation=equal");
    await visitor.sees("these classes have no order");
    await visitor.train();
    const [command = ""] = await visitor.texts(".command code");
    expect(command).toBe(
      "npx pairlab compare matching weight-sharing-auxiliary --seed 3 --rounds 2 --relation equal --epochs 1 --size 16x24 --fit pad --no-config",
    );
    const [, , ...words] = command.split(" ");
    await pages.run(...words);
    const { records } = await pages.store.records();
    expect(await visitor.hashes()).toEqual(await pages.stored());
    expect(await visitor.text()).not.toMatch(/Paper's test error|digit/);
    // Other seeds have other numbers of test pairs: one run's command alone would be another run.
    expect(new Set(await visitor.texts('section[aria-labelledby="runs"] td.left'))).toEqual(
      new Set(["by the command above"]),
    );

    const id = records.find(({ architecture }) => architecture !== "matching")?.id;
    await visitor.turnTo(`#/inside?relation=equal&run=${id}&pair=0`);
    await visitor.sees("Which classes it confuses");
    // The test pairs are of classes that no training pair has.
    const { nWay } = await checkMeasures(visitor, pages, id ?? "");
    expect(nWay?.episodes).toBe(1000);
    await visitor.sees(/Of \d images it picks the one of the right class in/);
    // A flag's middle is in colour: its three parts are not alike.
    const colours = await Promise.all(
      [1, 2, 3, 4].map((nth) => middleOf(visitor, `.gallery li:nth-child(${nth}) canvas`)),
    );
    expect(colours.some((colour) => new Set(colour).size > 1)).toBe(true);
    await visitor.settled();
    const says = (await visitor.texts(".says"))[0] ?? "";
    expect(says).toMatch(
      /^It takes them for [\w-]+ and [\w-]+, and says [\w-]+ = [\w-]+: (yes|no)\. .*They are [\w-]+ and [\w-]+: (yes, [\w-]+ =|no, [\w-]+ ≠) [\w-]+\. The answer is (right|wrong), /,
    );
    expect(await visitor.texts(".likeliest")).toHaveLength(2);
    // In place of 14 × 14 cells.
    expect(await visitor.texts("table.classes")).toEqual([]);
    expect((await visitor.texts("table.worst tbody tr")).length).toBeLessThanOrEqual(12);
    await checkView(visitor);

    expect(await visitor.texts("nav a")).toEqual(["Train", "Look inside", "Your pictures", "Runs"]);
    await visitor.turnTo("#/draw?relation=equal");
    await visitor.sees("A drawing becomes a 14×14 grey digit. The networks of this page see 16×24 colour images");
    expect(await visitor.texts(".pad")).toEqual([]);
    await checkView(visitor);
  });

  test("one network in several rounds is what a command for each seed trains", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=matching&seed=6&rounds=2&epochs=1&relation=equal");
    await visitor.train();
    const options = "--epochs 1 --relation equal".split(" ");
    expect(await visitor.hashes()).toEqual(await pages.trained(["matching"], [6, 7], ...options));
  });

  test("how pairs are drawn is a field, an address and an option", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=mlp&seed=5&rounds=1&epochs=1&relation=equal&split=images");
    await visitor.page.select("#reuse", "yes");
    await visitor.page.select("#balance", "no");
    await visitor.sees("--relation equal --epochs 1 --no-balance --split images --reuse");
    expect(await visitor.address()).toMatch(/&balance=no&split=images&reuse=yes$/);
    await visitor.train();
    const options = "--epochs 1 --relation equal --no-balance --split images --reuse".split(" ");
    expect(await visitor.hashes()).toEqual(await pages.trained(["mlp"], [5], ...options));
    expect(await visitor.texts('section[aria-labelledby="runs"] summary')).toEqual(["The run, with its hash"]);
    expect(await visitor.texts(".controls .progress span")).toEqual(["1 of 1 run"]);
    expect(await visitor.texts('section[aria-labelledby="runs"] td.left')).toEqual([
      "npx pairlab train mlp --seed 5 --relation equal --epochs 1 --no-balance --split images --reuse --size 16x24 --fit pad --no-config",
    ]);
  });

  test("a question that these classes cannot have is refused with its reason", async () => {
    const visitor = await pages.visitor();
    await visitor.go("#/train?networks=mlp&rounds=1&relation=less");
    await visitor.sees("mlp: relation less needs an order of the classes");
  });
});

describe("pictures of 8×8 pixels", () => {
  const pages = usePages({
    async images(folder) {
      process.env.PAIRLAB_CACHE = join(dirname(folder), "cache");
      await mkdir(folder);
      await writeFlags(folder, 5, () => 20);
      return ["--data", folder, "--size", "8x8", "--fit", "stretch", "--order", "ad,cu,hn,mo,sh"];
    },
  });

  test("networks whose layers do not fit say why, and the others train", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=mlp&rounds=1&seed=2&epochs=1");
    await visitor.sees("Up to");
    const told = await visitor.texts(".rung .unfit");
    expect(told).toContain(
      "It does not fit 8×8 colour images of 5 classes: head.6: a 2×2 max-pool does not fit 64 channels of 1×1: it needs 2×2 at least.",
    );
    expect(await visitor.text()).not.toContain("undefined");
    await visitor.train();
    const { weightsSha256 } = await pages.json<RunRecord>(..."train mlp --seed 2 --epochs 1".split(" "));
    expect(await visitor.hashes()).toEqual({ "mlp 2": weightsSha256 });
  });
});

describe("IDX files of 26 letters", () => {
  const pages = usePages({
    async images(folder) {
      await writeLetters(folder, 2600, 2080);
      return ["--data", join(folder, "emnist-letters")];
    },
  });

  test("train to the command line's bits, and the worst of 676 pairs of classes are shown", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=one-by-one&seed=1&rounds=1&epochs=1");
    await visitor.sees("two 14×14 grey images of 26 classes and says whether the first is less than or equal to");
    await visitor.train();
    const { id, weightsSha256 } = await pages.json<RunRecord>(..."train one-by-one --seed 1 --epochs 1".split(" "));
    expect(await visitor.hashes()).toEqual({ "one-by-one 1": weightsSha256 });
    await visitor.turnTo(`#/inside?run=${id}`);
    await visitor.sees(/\d+ of 676 are wrong|All 676 are right/);
    expect(await visitor.texts("table.classes")).toEqual([]);
    expect((await visitor.texts('table[aria-labelledby="ideal"] tbody tr')).length).toBeLessThanOrEqual(12);
  });
});

describe("IDX files of ten classes that are not MNIST's", () => {
  const pages = usePages({
    async images(folder) {
      await writeFewImages(folder);
      return ["--data", folder];
    },
  });

  test("are no digits: nothing says so, and nothing can be drawn", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=one-by-one,weight-sharing-auxiliary&seed=1&rounds=1&epochs=1");
    await visitor.sees("two 14×14 grey images of 10 classes");
    expect(await visitor.texts("nav a")).toEqual(["Train", "Look inside", "Your pictures", "Runs"]);
    await visitor.train();
    const told = () =>
      visitor.page.evaluate(() =>
        [
          document.body.innerText,
          ...[...document.querySelectorAll("svg")].map(({ textContent }) => textContent),
          ...[...document.querySelectorAll("[aria-label]")].map(({ ariaLabel }) => ariaLabel),
        ].join("\n"),
      );
    expect(await told()).not.toMatch(/digit|Paper's test error|Verdict/i);
    await visitor.press("Look inside", "link");
    await visitor.sees("What it decides of ideal images");
    await visitor.sees("It is wrong on");
    expect(await told()).not.toMatch(/digit/i);
    await visitor.turnTo("#/draw");
    await visitor.sees("The networks of this page see 14×14 grey images of 10 classes");
    await visitor.turnTo("#/worth");
    await visitor.sees("The study is of MNIST's digits. The networks of this page see 14×14 grey images of 10 classes");
    expect(await visitor.texts(".worth-chart")).toEqual([]);
    expect(await visitor.texts("nav a")).not.toContain("Worth");
  });
});
