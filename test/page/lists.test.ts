import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunRecord } from "../../src/core/index.js";
import { writeFlags } from "../support/flags.js";
import { pairlab } from "../support/pairlab.js";
import { bringAxe, checkView } from "./support/axe.js";
import { checkMeasures } from "./support/measures.js";
import { usePages } from "./support/pages.js";
import type { Visitor } from "./support/visitor.js";

/** A list's folder of flags, and the list of what `rows` makes of the countries. */
const listIn =
  (name: string, rows: Rows, ...options: readonly string[]) =>
  async (folder: string) => {
    process.env.PAIRLAB_CACHE = join(dirname(folder), "cache");
    const countries = await writeFlags(folder, 60);
    await writeFile(join(folder, name), `${rows(countries).join("\n")}\n`);
    return ["--data", join(folder, name), "--fit", "pad", ...options];
  };

type Rows = (countries: readonly string[]) => readonly string[];

/** Of each country whether both its flags match, and whether its and another's do. */
const MATCHES = (countries: readonly string[]) => [
  "image1,image2,same",
  ...countries.flatMap((country, i) => [
    `${country}/large.png,${country}/small.png,1`,
    `${country}/large.png,${countries[i ^ 1]}/small.png,0`,
  ]),
];

/** The field names of the form. */
const fields = (visitor: Visitor) => visitor.texts(".settings label");

describe("a list of pairs without classes", () => {
  const pages = usePages({ images: listIn("pairs.csv", MATCHES, "--size", "16x16") });

  test("a network of one's own fits, and a question cannot be asked", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=matching&rounds=1");
    await visitor.click(".your-networks summary");
    await visitor.press("Example");
    await visitor.press("Add networks");
    await visitor.sees("Added and chosen: my-network.");
    const data = ["--data", pages.at("own", "pairs.csv"), "--fit", "pad", "--size", "16x16"];
    const { code, stderr } = await pairlab(["serve", ...data, "--relation", "equal"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "error: the pairs of pairs.csv are given with their answers: leave the relation equal out\n",
    });
  });

  test("trains to the ids and bits of the command line; what needs classes is not offered, and says why", async () => {
    const visitor = await pages.firstVisitor();
    await bringAxe(visitor);
    await visitor.open("");
    await visitor.sees("two 16×16 colour images and says whether the first is a match of the second");
    await visitor.sees("Up to");
    expect(await visitor.address()).toContain("networks=matching,weight-sharing&");
    expect(await visitor.texts("nav a")).toEqual(["Train", "Look inside", "Your pictures", "Runs"]);
    await visitor.openSettings();
    const named = await fields(visitor);
    expect(named).toContain("Balanced pairs");
    for (const field of ["Question", "Split by", "Images in several pairs", "Auxiliary weight"])
      expect(named).not.toContain(field);
    const told = await visitor.texts(".rung .unfit");
    expect(told).toContain("It decides by the images' classes, and these pairs have no classes.");
    expect(told).toContain("It learns to name the images' classes, and these pairs have no classes.");
    const isDisabled = (name: string) =>
      visitor.page.$eval(`input[name="${name}"]`, (box) => (box as HTMLInputElement).disabled);
    expect(await isDisabled("one-by-one")).toBe(true);
    expect(await isDisabled("mlp")).toBe(false);
    await checkView(visitor);

    await visitor.turnTo("#/train?networks=matching,weight-sharing&seed=3&rounds=2&epochs=2");
    await visitor.sees("0 of 4 runs");
    await visitor.train();
    const [command = ""] = await visitor.texts(".command code");
    expect(command).toBe(
      "npx pairlab compare matching weight-sharing --seed 3 --rounds 2 --epochs 2 --size 16x16 --fit pad --no-config",
    );
    await pages.run(...command.split(" ").slice(2));
    const { records } = await pages.store.records();
    expect(await visitor.hashes()).toEqual(await pages.stored());
    expect(await visitor.text()).not.toMatch(/digit/);

    const id = records.find(({ architecture, seed }) => architecture === "matching" && seed === 3)?.id ?? "";
    await visitor.turnTo(`#/inside?run=${id}&pair=0`);
    await visitor.sees("Its mistakes, worst first");
    await visitor.settled();
    expect((await visitor.texts(".says"))[0]).toMatch(
      /^It says (yes: first matches|no: first does not match) second\. The right answer is (yes: first matches|no: first does not match) second\. The answer is (right|wrong)\.$/,
    );
    const labels = await visitor.page.$$eval(".verdict canvas", (all) => all.map((each) => each.ariaLabel));
    expect(labels).toEqual(["First image", "Second image"]);
    // Without classes there is nothing to confuse, and nothing ideal.
    expect(await visitor.texts("#confusion, #ideal")).toEqual([]);
    await visitor.sees("Swapping the two images changes");
    await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
    const { thresholds, nWay } = await checkMeasures(visitor, pages, id);
    expect(thresholds?.validationPairs).toBeGreaterThan(0);
    expect(nWay).toBeNull();
    await visitor.page.$$eval("details", (all) => {
      for (const each of all) each.open = true;
    });
    await checkView(visitor);
  });

  test("one run is what its own command trains, without a question", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=matching&seed=7&rounds=1&epochs=1&balance=yes");
    await visitor.train();
    const options = "--epochs 1 --balance".split(" ");
    expect(await visitor.hashes()).toEqual(await pages.trained(["matching"], [7], ...options));
    const [command = ""] = await visitor.texts('section[aria-labelledby="runs"] td.left');
    expect(command).toBe(
      "npx pairlab train matching --seed 7 --epochs 1 --pairs 72 --balance --size 16x16 --fit pad --no-config",
    );
  });

  test("a network that says the same for every pair is named", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=simple-cnn&seed=0&rounds=1&epochs=1&learning-rate=1");
    await visitor.train();
    await visitor.press("Look inside", "link");
    await visitor.sees("What its answers are worth");
    await visitor.until(() => document.querySelector('section[aria-labelledby="worth"] .problem') !== null);
    expect((await visitor.texts('section[aria-labelledby="worth"] .problem'))[0]).toMatch(
      /^This network says (yes|no) to every pair\. The probabilities of all pairs are nearly the same/,
    );
    await visitor.sees("That is no better than always");
  });

  test("a link that asks another question is refused with the reason, and can be mended", async () => {
    const visitor = await pages.visitor();
    await visitor.go("#/train?networks=matching,one-by-one&rounds=1&relation=equal");
    await visitor.sees('matching: the pairs are given with their answers: relation "equal" cannot be asked of them');
    await visitor.fill("Question", " ", "combobox");
    await visitor.sees("one-by-one: it decides by the images' classes");
    await visitor.press("one-by-one", "checkbox");
    await visitor.sees("Up to");
  });

  test("a drawing has nobody to ask, and a visitor without a network gets one that needs no classes", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/inside");
    await visitor.sees("Its mistakes, worst first");
    expect((await visitor.texts(".choice option")).join()).toMatch(/^matching, seed 0, 5 epochs, match\?$/);
    await visitor.turnTo("#/draw");
    await visitor.sees("The networks of this page see 16×16 colour images, so that there is nothing to ask");
  });
});

describe("a list of winners", () => {
  const pages = usePages({
    images: listIn("winners.csv", (countries) => [
      "left,right,winner",
      ...countries.flatMap((country, i) => [
        `${country}/large.png,${country}/small.png,${i % 2 === 0 ? "left" : "right"}`,
        `${country}/small.png,${countries[i ^ 1]}/large.png,${i % 3 === 0 ? "left" : "right"}`,
      ]),
    ]),
  });

  test("is fitted by ranking, whose every answer is turned when the images are swapped", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?seed=2&rounds=1&epochs=1");
    await visitor.sees("two 32×32 colour images and says whether the first is beaten by the second");
    expect(await visitor.address()).toContain("networks=ranking,weight-sharing&");
    await visitor.turnTo("#/train?networks=ranking&seed=2&rounds=1&epochs=1");
    await visitor.sees("0 of 1 run");
    await visitor.train();
    const { id, weightsSha256 } = await pages.json<RunRecord>(..."train ranking --seed 2 --epochs 1".split(" "));
    expect(await visitor.hashes()).toEqual({ "ranking 2": weightsSha256 });
    await visitor.turnTo(`#/inside?run=${id}`);
    await visitor.sees("With the two images swapped it is wrong on");
    const { swapped } = await checkMeasures(visitor, pages, id);
    expect(swapped.contradictions).toBe(0);
  });
});

describe("LFW's pairs.txt, with folders for classes", () => {
  const pages = usePages({
    async images(folder) {
      process.env.PAIRLAB_CACHE = join(dirname(folder), "cache");
      const countries = await writeFlags(join(folder, "flags"), 40);
      for (const country of countries) {
        await mkdir(join(folder, country));
        for (const [i, picture] of ["large", "small"].entries())
          await copyFile(
            join(folder, "flags", country, `${picture}.png`),
            join(folder, country, `${country}_000${i + 1}.png`),
          );
      }
      const rows = countries.flatMap((country, i) => [`${country}\t1\t2`, `${country}\t1\t${countries[i ^ 1]}\t2`]);
      await writeFile(join(folder, "pairs.txt"), `${countries.length}\n${rows.join("\n")}\n`);
      return ["--data", join(folder, "pairs.txt"), "--fit", "pad", "--classes", "first", "--size", "16x24"];
    },
  });

  test("lets networks learn the classes, and shows them; the answers stay the list's", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=weight-sharing-auxiliary&seed=1&rounds=1&epochs=2");
    await visitor.sees("two 16×24 colour images of 40 classes and says whether the first is a match of the second");
    expect(await fields(visitor)).toContain("Auxiliary weight");
    await visitor.train();
    const { id, weightsSha256 } = await pages.json<RunRecord>(
      ..."train weight-sharing-auxiliary --seed 1 --epochs 2".split(" "),
    );
    expect(await visitor.hashes()).toEqual({ "weight-sharing-auxiliary 1": weightsSha256 });
    await visitor.turnTo(`#/inside?run=${id}&pair=0`);
    await visitor.sees("Which classes it confuses");
    await visitor.settled();
    expect((await visitor.texts(".says"))[0]).toMatch(
      /^It takes them for [a-z]{2} and [a-z]{2}, and says [a-z]{2} matches [a-z]{2}: (yes|no)\. They are [a-z]{2} and [a-z]{2}: (yes, [a-z]{2} matches|no, [a-z]{2} does not match) [a-z]{2}\. The answer is (right|wrong), /,
    );
    // No table of classes says what is right of two ideal images.
    expect(await visitor.texts("#ideal")).toEqual([]);
  });
});
