import { copyFile, cp, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import type { RunRecord } from "../../src/core/index.js";
import { sureness } from "../../src/web/views/draw/words.js";
import { writeFlags as writeTwoOfEach } from "../support/flags.js";
import { here } from "../support/here.js";
import { writeFlags } from "../support/own-images.js";
import { bringAxe, checkView } from "./support/axe.js";
import {
  askAboutFiles,
  choosePictures,
  givePictures,
  setReading,
  shownSha256,
  trainPictures,
} from "./support/own-pictures.js";
import { usePages } from "./support/pages.js";
import { noteShifts, shifts, whatMoved } from "./support/shifts.js";
import { Traffic } from "./support/traffic.js";
import type { Visitor } from "./support/visitor.js";

const pages = usePages({ images: "few" });

/** Folders of pictures, by what they are. */
let given: Readonly<Record<"flags" | "numbers" | "pairs" | "damaged", string>>;

beforeAll(async () => {
  process.env.PAIRLAB_CACHE = pages.at("cache");
  const at = (name: string) => pages.at("given", name);
  given = { flags: at("flags"), numbers: at("numbers"), pairs: at("pairs"), damaged: at("damaged") };
  await mkdir(at(""), { recursive: true });
  const flags = await writeFlags(given.flags, 8, () => 6);
  // One flag is of other files.
  for (const [i, kind] of ["jpg", "webp"].entries()) {
    const path = join(given.flags, flags.at(-1) ?? "", String(i));
    await rm(`${path}.png`);
    await copyFile(new URL(`../pictures/fixtures/flag.${kind}`, import.meta.url), `${path}.${kind}`);
  }
  const names = await writeFlags(given.numbers, 4, () => 6);
  for (const [i, name] of names.entries()) await rename(join(given.numbers, name), join(given.numbers, String(i + 1)));
  const countries = await writeTwoOfEach(given.pairs, 40);
  const rows = countries.flatMap((country, i) => [
    `${country}/large.png,${country}/small.png,1`,
    `${country}/large.png,${countries[i ^ 1]}/small.png,0`,
  ]);
  await writeFile(join(given.pairs, "pairs.csv"), `first,second,label\n${rows.join("\n")}\n`);
  await cp(given.flags, given.damaged, { recursive: true });
  const [country = ""] = await readdir(given.damaged);
  await truncate(join(given.damaged, country, "3.png"), 200);
});

/** Waits until pairs of what was given are shown. */
const pairsShown = (visitor: Visitor) => visitor.until(() => document.querySelectorAll(".drawn li").length === 6);

const FLAGS = ["--fit", "pad", "--size", "16x24"] as const;

test("a folder is read, learned and asked about in the page, to the command line's bits, and nothing leaves it", async () => {
  const visitor = await pages.firstVisitor();
  await bringAxe(visitor);
  await noteShifts(visitor);
  const traffic = await Traffic.of(visitor.page);
  await visitor.open("#/pictures");
  await visitor.sees("Nothing leaves this machine");
  const before = traffic.paths.length;
  await choosePictures(visitor, given.flags);
  // Flags have several shapes: what helps is named and marked.
  await visitor.sees(/flags\/\w+\/\d+\.png is \d+×\d+ \(height × width\), .* choose “Fit”: stretch, pad or crop\./);
  expect(await visitor.page.$eval(".reading", (details) => (details as HTMLDetailsElement).open)).toBe(true);
  const invalid = await visitor.page.$$eval(".reading [aria-invalid=true]", (all) =>
    all.map((field) => [field.getAttribute("name"), field.getAttribute("aria-describedby")]),
  );
  expect(invalid).toEqual([["fit", expect.stringContaining("refused")]]);
  await checkView(visitor);
  await setReading(visitor, "fit", "pad");
  await visitor.sees(
    "48 pictures in 8 classes. Networks see them as 32×32, in colour; those of another shape are padded.",
  );
  await setReading(visitor, "size", "16 × 24");
  await visitor.sees("Networks see them as 16×24, in colour");
  await pairsShown(visitor);
  expect((await visitor.texts(".classes-found"))[0]).toMatch(/^\w\w 6, (\w\w 6, ){6}\w\w 6$/);
  expect(await visitor.texts(".question-choice label")).toEqual([
    "Are both of the same class?",
    "Is the second at least as much as the first? The names of the classes are not numbers: give their “Order” above.",
  ]);
  // Balanced pairs have the answer yes in turn.
  const answers = (await visitor.texts(".drawn li")).map((text) => / (=|≠) /.exec(text)?.[1]);
  expect(answers).toEqual(["=", "≠", "=", "≠", "=", "≠"]);
  await trainPictures(visitor);
  await visitor.sees("Always the same answer would be wrong about 50.0% of those.");
  await visitor.sees("of classes that they have not seen");

  const asked = (await visitor.address()).match(/epochs=(\d+)/)?.[1] ?? "";
  const options = ["--data", given.flags, ...FLAGS, "--relation", "equal", "--epochs", asked, "--reuse", "--seed", "0"];
  const records: RunRecord[] = [];
  for (const name of ["matching", "weight-sharing-auxiliary"])
    records.push(JSON.parse(await pages.ofMnist("train", name, ...options, "--json")));
  const [matching] = records as [RunRecord];
  expect(await shownSha256(visitor)).toBe(matching.config.dataset.sha256);

  // Two pictures that no network has seen: its answer is that of pairlab ask.
  const [country = ""] = await readdir(given.flags);
  const two = [join(given.flags, country, "0.png"), join(given.flags, country, "5.png")] as const;
  await askAboutFiles(visitor, two);
  const said = [
    ...(await visitor.texts(".ask-two .answer ~ [role=status]")),
    ...(await visitor.texts(".ask-two .others li")),
  ];
  for (const { id, architecture } of records) {
    const { answers: of } = JSON.parse(await pages.ofMnist("ask", id, ...two, "--json"));
    const [{ probability, answer }] = of;
    const title = architecture === "matching" ? "matching" : "weight sharing + auxiliary loss";
    const claim = `first ${answer ? "=" : "≠"} second`;
    expect(said.map((each) => each.replace(/\.$/, ""))).toContain(
      `${title} says: ${claim}, and is ${sureness(answer ? probability : 1 - probability)}`,
    );
  }
  await visitor.until(() => document.querySelectorAll(".slot img, .slot canvas").length === 4);
  await checkView(visitor);
  expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);

  // Only the page's own files were asked for meanwhile, among them what decodes pictures; a thumbnail is in the page's memory.
  // The site's own images may still have been on their way.
  const isElse = (path: string) => !path.startsWith("http") && !path.startsWith("/data/");
  const later = traffic.paths.slice(before).filter(isElse);
  expect(later.filter((path) => !path.startsWith("/assets/"))).toEqual([]);
  expect(later.filter((path) => path.endsWith(".wasm"))).toHaveLength(2);
  const list = await (await fetch(new URL("sw.js", pages.site))).text();
  expect(later.filter((path) => !list.includes(path.slice(1)))).toEqual([]);

  await visitor.press("More networks, rounds and settings", "link");
  await visitor.sees("two 16×24 colour images of 8 classes and says whether the first is the same as the second");
  await visitor.sees("These are your pictures: flags.");
  await visitor.until(() => document.querySelector(".command code") !== null);
  const [command = ""] = await visitor.texts(".command code");
  expect(command).toContain("--relation equal");
  expect(await visitor.hashes()).toEqual(
    Object.fromEntries(records.map(({ architecture, weightsSha256 }) => [`${architecture} 0`, weightsSha256])),
  );
  expect(await visitor.texts("nav a")).not.toContain("Draw");
  await visitor.press("Back to MNIST's digits");
  await visitor.sees("two 14×14 digits and says whether the first is less than or equal to the second");
  expect(await visitor.address()).toMatch(/^#\/train\?networks=mlp,[^&]*&seed=0&rounds=1$/);
  expect(await visitor.texts(".own-line")).toEqual([]);
});

/** Holds a file or folder of this machine above a place of the page. @returns what drops it there */
async function hold({ page }: Visitor, path: string, selector: string): Promise<() => Promise<void>> {
  const session = await page.createCDPSession();
  const place = await page.$eval(selector, (element) => {
    element.scrollIntoView({ block: "center" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  const send = (type: "dragEnter" | "dragOver" | "drop") =>
    session.send("Input.dispatchDragEvent", { type, ...place, data });
  await send("dragEnter");
  await send("dragOver");
  return () => send("drop");
}

test("a folder that is dropped anywhere in the view is walked; a file alone is refused, but in a slot asked about", async () => {
  const visitor = await pages.visitor();
  await visitor.open("#/pictures");
  await visitor.until(() => document.querySelector(".drop-area") !== null);
  const [country = ""] = await readdir(given.numbers);
  const alone = join(given.numbers, country, "1.png");
  const dropAlone = await hold(visitor, alone, "h1");
  await visitor.until(() => document.querySelector(".drop-area.over") !== null);
  await dropAlone();
  await visitor.sees("1.png is one file: drop the folder that it lies in, or a zip file.");
  expect(await visitor.texts(".drop-area.over")).toEqual([]);
  await (await hold(visitor, given.numbers, ".folder-form"))();
  await visitor.sees("numbers/1/0.png is");
  await setReading(visitor, "fit", "pad");
  await visitor.sees("24 pictures in 4 classes");
  await pairsShown(visitor);
  // The page walks to the pictures of the command line, in its order.
  const { stdout } = await here(["data", "show", given.numbers, "--fit", "pad", "--json"]);
  expect(await shownSha256(visitor)).toBe(JSON.parse(stdout).sha256);
  await visitor.turnTo("#/pictures?networks=quick&seed=0&rounds=1&epochs=1");
  await trainPictures(visitor);
  await (await hold(visitor, alone, "[data-slot='0']"))();
  await visitor.until(() => document.querySelector("[data-slot='0'] img") !== null);
  await (await hold(visitor, join(given.numbers, "4", "1.png"), "[data-slot='1']"))();
  await visitor.until(() => /quick says:/.test(document.querySelector(".ask-two .answer")?.textContent ?? ""));
});

test("a zip of the folder is the same pictures; a damaged file is named, and what was there stays", async () => {
  const visitor = await pages.visitor();
  await givePictures(visitor, given.flags);
  await visitor.sees("choose “Fit”");
  await setReading(visitor, "fit", "crop");
  await pairsShown(visitor);
  const ofFolder = await shownSha256(visitor);
  const files: Record<string, Uint8Array> = {};
  for (const path of await readdir(given.flags, { recursive: true }))
    if (/\.\w+$/.test(path)) files[`flags/${path}`] = await readFile(join(given.flags, path));
  const archive = join(dirname(given.flags), "packed.zip");
  await writeFile(archive, zipSync(files, { level: 0 }));
  await choosePictures(visitor, archive, "archive");
  await visitor.sees("choose “Fit”");
  await visitor.sees("The pictures of flags stay in use.");
  await setReading(visitor, "fit", "crop");
  await visitor.sees("48 pictures in 8 classes");
  await visitor.until(() => document.querySelector(".understood h2")?.textContent !== "flags");
  await pairsShown(visitor);
  expect(await shownSha256(visitor)).toBe(ofFolder);

  await choosePictures(visitor, given.damaged);
  await visitor.sees("choose “Fit”");
  await setReading(visitor, "fit", "pad");
  const [country] = await readdir(given.damaged);
  await visitor.sees(`damaged/${country}/3.png`);
  expect((await visitor.texts(".given .problem"))[0]).not.toContain("--");
  await visitor.sees(/The pictures of packed\S* stay in use\./);
});

test("classes that are numbers can be asked which is more, and another question comes from Train", async () => {
  const visitor = await pages.visitor();
  await givePictures(visitor, given.numbers);
  await visitor.sees("choose “Fit”");
  await setReading(visitor, "fit", "stretch");
  await pairsShown(visitor);
  expect(await visitor.address()).toContain("networks=weight-sharing-auxiliary,one-by-one&");
  expect(await visitor.address()).not.toContain("relation");
  expect((await visitor.texts(".drawn li")).every((text) => /^[1-4] (≤|>) [1-4]$/.test(text))).toBe(true);
  await visitor.click(".question-choice label:first-of-type");
  await visitor.until(() => location.hash.includes("networks=matching,weight-sharing-auxiliary&"));
  await pairsShown(visitor);
  expect(await visitor.address()).toContain("relation=equal");
  await visitor.turnTo((await visitor.address()).replace("relation=equal", "relation=same-parity"));
  await visitor.until(() => document.querySelectorAll(".question-choice label").length === 3);
  expect((await visitor.texts(".question-choice label"))[2]).toBe("Is the first of the same parity as the second?");
});

test("a folder with a list of pairs asks what 1 means, and learns from the list; after a reload it is known again", async () => {
  const visitor = await pages.visitor();
  const giveList = async () => {
    await givePictures(visitor, given.pairs);
    await visitor.sees("say “Same” 1 or “Same” 0");
    await setReading(visitor, "same", "1");
    await visitor.sees("choose “Fit”");
    await setReading(visitor, "fit", "pad");
    await visitor.sees("80 pictures in a list of 80 pairs");
  };
  await giveList();
  await visitor.sees("The list says what is asked: is the first a match of the second?");
  await visitor.until(() => document.querySelectorAll(".drawn li").length > 0);
  expect(await visitor.address()).toContain("networks=matching,weight-sharing&");
  await trainPictures(visitor);
  await visitor.sees("Give two pictures.");
  await visitor.turnTo("#/runs");
  await visitor.sees("2 runs, ");
  await visitor.page.reload();
  await visitor.ready();
  await giveList();
  // Nothing is trained again, and what was answers.
  await visitor.until(() => document.querySelector(".train-them [role=status]")?.textContent === "Done.");
  await visitor.sees("Give two pictures.");
});

test("what is given while networks train waits for them; too few pictures say what is needed", async () => {
  const visitor = await pages.visitor();
  await visitor.open("#/train?networks=best&seed=0&rounds=1");
  await visitor.press("Start");
  await visitor.press("Your pictures", "link");
  await visitor.until(() => document.querySelector(".drop-area") !== null);
  const few = pages.at("given", "few");
  await writeFlags(few, 3, () => 2);
  await choosePictures(visitor, few);
  await visitor.sees("few is read when the training is done.");
  await visitor.press("Stop the training");
  await visitor.sees("choose “Fit”");
  await setReading(visitor, "fit", "pad");
  await visitor.sees("6 pictures in 3 classes");
  await visitor.sees(
    "These pictures are too few. Of them a fifth of each class is kept for the test: give each class five at least",
  );
  expect(await visitor.page.$eval(".train-them button", (button) => (button as HTMLButtonElement).disabled)).toBe(true);
});
