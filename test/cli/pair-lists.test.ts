import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pairSetOf } from "../../src/core/data/pairs.js";
import type { RunRecord } from "../../src/core/index.js";
import { decodePicture } from "../../src/core/pictures/index.js";
import { loadDataset, pictureCodecs } from "../../src/node/index.js";
import { writeFlags } from "../support/flags.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
let countries: string[];
const at = (...names: string[]): string => join(folder.path, ...names);

/** Matches of each country's two flags, and as many that do not match: neighbours in twos, so that some pictures hang together. */
function rows(): [string, string, boolean][] {
  return countries.flatMap((country, i): [string, string, boolean][] => [
    [`${country}/large.png`, `${country}/small.png`, true],
    [`${country}/large.png`, `${countries[i ^ 1]}/small.png`, false],
  ]);
}

const list = (name: string, lines: readonly string[]) => writeFile(at("flags", name), `${lines.join("\n")}\n`);

const train = (name: string, ...more: string[]) =>
  here([
    "train",
    "matching",
    "--epochs",
    "1",
    "--quiet",
    "--runs",
    at("runs"),
    "--data",
    at("flags", name),
    "--fit",
    "pad",
    ...more,
  ]);

async function trained(name: string, ...more: string[]): Promise<RunRecord> {
  const { code, stdout, stderr } = await train(name, ...more, "--json");
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

async function refusal(name: string, ...more: string[]): Promise<string> {
  const { code, stdout, stderr } = await train(name, ...more);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.trimEnd()).not.toContain("\n");
  return stderr.trimEnd().replaceAll(at("flags"), "FLAGS");
}

beforeAll(async () => {
  folder = await temporaryFolder();
  process.env.PAIRLAB_CACHE = at("cache");
  countries = await writeFlags(at("flags"), 60);
}, 60_000);
afterAll(() => folder.remove());

describe("a list of pairs", () => {
  test("is the same data set as CSV, TSV and by white space, with and without a header, under any names", async () => {
    const all = rows();
    await list("pairs.csv", ["image1,image2,same", ...all.map(([a, b, same]) => `${a},${b},${Number(same)}`)]);
    await list("pairs.tsv", ["\uFEFFmatch\tleft\tright", ...all.map(([a, b, same]) => `${Number(same)}\t${a}\t${b}`)]);
    await list(
      "pairs.txt",
      all.map(([a, b, same]) => `${a} ${b} ${Number(same)}`),
    );
    await list(
      "words.csv",
      all.map(([a, b, same]) => `"${a}", "${b}", ${same ? "genuine" : "impostor"}\r`),
    );
    const ids = [
      await trained("pairs.csv"),
      await trained("pairs.tsv"),
      await trained("pairs.txt", "--same", "1"),
      await trained("words.csv"),
    ].map(({ id, config }) => [id, config.relation]);
    expect(new Set(ids.map(String)).size).toBe(1);
    expect(ids[0]?.[1]).toBe("listed-match");
    const turned = await trained("pairs.txt", "--same", "0");
    expect(turned.id).not.toBe(ids[0]?.[0]);
  });

  test("has no picture in two of its parts, and the answers that it gives", async () => {
    const dataset = await loadDataset(at("flags", "pairs.csv"), { fit: "pad" });
    const { listed } = dataset;
    if (!listed) throw new Error("a list of pairs");
    const parts = Object.values(listed).map(({ images }) => new Set(images));
    for (const [i, one] of parts.entries())
      for (const other of parts.slice(i + 1)) expect([...one].filter((image) => other.has(image))).toEqual([]);
    expect(Object.values(listed).reduce((sum, { targets }) => sum + targets.length, 0)).toBe(120);
    const { files } = dataset as unknown as { files: { all: readonly string[] } };
    const answers = new Map(rows().map(([a, b, same]) => [`${a} ${b}`, Number(same)]));
    for (const { images, targets } of Object.values(listed))
      targets.forEach((target, pair) => {
        const named = [images[2 * pair], images[2 * pair + 1]].map((image) => files.all[image as number]);
        expect(target).toBe(answers.get(named.join(" ")));
      });
  });

  test("gives each seed pairs in another order", async () => {
    const dataset = await loadDataset(at("flags", "pairs.csv"), { fit: "pad" });
    const relation = { name: "listed-match", holds: () => false };
    const of = (seed: number) =>
      pairSetOf(dataset, seed, { trainPairs: 20, testPairs: 10, evaluateOn: "test", relation, balance: true });
    expect(of(0).train.images).not.toEqual(of(1).train.images);
    expect([...of(0).train.targets]).toEqual(Array.from({ length: 20 }, (_, i) => Number(i % 2 === 0)));
  });

  test("of winners asks which picture is beaten, and passes over ties", async () => {
    const lines = rows().map(([a, b, same], i) => `${a},${b},${i % 7 === 3 ? "equal" : same ? "left" : "right"}`);
    await list("winners.csv", ["left_id,right_id,winner", ...lines]);
    const record = await trained("winners.csv");
    expect(record.config.relation).toBe("listed-winner");
    const paths = rows().map(([a, b, same]) => `${a},${b},${same ? a : b}`);
    await list("paths.csv", ["left,right,label", ...paths]);
    expect((await trained("paths.csv")).config.relation).toBe("listed-winner");
  });

  test("counts a pair once, whichever way round its pictures stand", async () => {
    const all = rows().map(([a, b, same]) => `${a},${b},${Number(same)}`);
    const [[a, b, same] = ["", "", true]] = rows();
    await list("repeated.csv", ["a,b,same", ...all, `${b},${a},${Number(same)}`, all[1] as string]);
    const { listed } = await loadDataset(at("flags", "repeated.csv"), { fit: "pad" });
    expect(Object.values(listed ?? {}).reduce((sum, { targets }) => sum + targets.length, 0)).toBe(120);
  });

  test("is written by pairs, and is no folder's to ask about", async () => {
    const more = ["--data", at("flags", "pairs.csv"), "--fit", "pad"];
    const written = await here(["pairs", "--out", at("pairs.safetensors"), ...more]);
    expect([written.code, written.stderr]).toEqual([0, expect.stringContaining("training and")]);
    await trained("pairs.csv");
    const evaluated = await here([
      "evaluate",
      "latest",
      "--data",
      at("flags"),
      "--runs",
      at("runs"),
      "--fit",
      "pad",
      "--quiet",
    ]);
    expect([evaluated.code, evaluated.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^error: run [0-9a-f]{16} learned from a list of pairs, and flags is none: give it a list with answers\n$/,
      ),
    ]);
    const unnamed = await here(["evaluate", "latest", "--runs", at("runs"), "--quiet"]);
    expect([unnamed.code, unnamed.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^error: run [0-9a-f]{16} learned from the list of pairs pairs\.csv \(SHA-256 [0-9a-f]{16}…\): name it, or another list with answers, with --data\n$/,
      ),
    ]);
    const folder = await here(["data", "show", at("flags"), "--same", "1"]);
    expect([folder.code, folder.stderr]).toEqual([2, `error: ${at("flags")} is no list of pairs: leave --same out\n`]);
  });

  test("may say which pairs are for what", async () => {
    const groups = Math.floor(countries.length / 2);
    const split = (i: number) => (Math.floor(i / 4) < groups - 8 ? "train" : "test");
    const lines = rows().map(([a, b, same], i) => `${a},${b},${Number(same)},${split(i)}`);
    await list("split.csv", ["a,b,same,split", ...lines]);
    const { listed } = await loadDataset(at("flags", "split.csv"), { fit: "pad" });
    expect(listed?.test.targets).toHaveLength(32);
    expect((listed?.training.targets.length ?? 0) + (listed?.validation.targets.length ?? 0)).toBe(88);
    await list("leak.csv", [
      "a,b,same,split",
      ...lines.map((line, i) => (i === 1 ? line.replace("train", "test") : line)),
    ]);
    expect(await refusal("leak.csv")).toMatch(
      /^error: FLAGS\/leak\.csv row 3 has a picture in test that FLAGS\/leak\.csv row 2 has in train: a picture must be in one split$/,
    );
  });

  test("of pictures that all hang together is dealt out by picture, and what is left over is counted", async () => {
    const [first] = countries;
    const star = countries
      .slice(1)
      .flatMap((country, i) => [
        `${first}/large.png,${country}/small.png,${i % 2}`,
        `${country}/large.png,${country}/small.png,${(i + 1) % 2}`,
      ]);
    await list("star.csv", ["a,b,same", ...star]);
    const { stdout } = await here(["data", "show", at("flags", "star.csv"), "--fit", "pad"]);
    expect(stdout).toMatch(
      /pairs: \d+ training \(\d+ yes\), \d+ validation \(\d+ yes\), \d+ test \(\d+ yes\); no picture is in two of these parts; \d+ are in none/,
    );
  });

  test("has classes where its folders are classes, and networks that need them say so without", async () => {
    expect(await refusal("pairs.csv", "--relation", "equal")).toMatch(
      /^error: the pairs are given with their answers: relation "equal" cannot be asked of them; leave it out$/,
    );
    const named = (architecture: string, ...more: string[]) =>
      here([
        "train",
        architecture,
        "--epochs",
        "1",
        "--quiet",
        "--runs",
        at("runs"),
        "--data",
        at("flags", "pairs.csv"),
        "--fit",
        "pad",
        ...more,
      ]);
    expect((await named("weight-sharing-auxiliary")).stderr).toBe(
      "error: weight-sharing-auxiliary: it learns to name the images' classes, and these pairs have no classes: take a network such as matching or weight-sharing\n",
    );
    expect((await named("one-by-one")).stderr).toContain(
      "one-by-one: it decides by the images' classes, and these pairs have no classes",
    );
    expect((await named("weight-sharing-auxiliary", "--classes", "first")).code).toBe(0);
  });

  test.each(["reproduce", "ablate", "worth"])(
    "has no classes for the networks of %s, which says what to do",
    async (name) => {
      const asked = [name, "--quiet", "--data", at("flags", "pairs.csv"), "--fit", "pad", "--runs", at("runs")];
      const { code, stdout, stderr } = await here([...asked, "--out", at("no report")]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toBe(
        `error: ${name} trains networks that decide by the images' classes, and the pairs of pairs.csv are given with their answers: use compare or tune, with networks such as matching and weight-sharing\n`,
      );
    },
  );

  test("is said to have few pairs, not images for few", async () => {
    const train = ["train", "matching", "--epochs", "1", "--data", at("flags", "pairs.csv"), "--fit", "pad"];
    const { stdout, stderr } = await here([...train, "--runs", at("runs")]);
    expect(stderr).toMatch(/^pairs\.csv has \d+ training and \d+ test pairs: those are used$/m);
    expect(stdout).toMatch(
      /^asked: is the first a match of the second\? Always one answer is wrong on 50\.0% of the test pairs\.$/m,
    );
  });

  test.each<[string, readonly string[], readonly string[], RegExp]>([
    [
      "labels that nothing explains",
      ["a,b,label", "ad/large.png,ad/small.png,1", "ad/large.png,ae/small.png,0"],
      [],
      /labels are 0 and 1, and nothing says which of them means that two pictures match: say --same 1 or --same 0$/,
    ],
    [
      "a missing file",
      ["a,b,same", "ad/large.png,ad/small.png,1", "ad/large.png,zz/small.png,0"],
      [],
      /bad\.csv row 3: there is no zz\/small\.png/,
    ],
    [
      "an absolute path",
      ["a,b,same", "ad/large.png,ad/small.png,1", "/etc/passwd,ad/large.png,0"],
      [],
      /bad\.csv row 3: \/etc\/passwd is an absolute path/,
    ],
    [
      "absolute paths alone",
      ["a,b,same", "/data/ad/large.png,/data/ad/small.png,1", "/data/ad/large.png,/data/ae/small.png,0"],
      [],
      /bad\.csv row 2: \/data\/ad\/large\.png is an absolute path: name the file from the list's folder, so that the data set can move$/,
    ],
    [
      "absolute paths without a header",
      ["C:\\ad\\large.png,C:\\ad\\small.png,1"],
      [],
      /bad\.csv row 1: C:\\ad\\large\.png is an absolute path/,
    ],
    [
      "LFW's pairs without their counts",
      ["ad 1 2", "ae 1 af 2"],
      [],
      /bad\.csv row 1 is "ad 1 2", a pair as in LFW's pairs\.txt, whose first row has counts: begin with a row of the number of folds and of the pairs of each kind in a fold, such as "1 300"$/,
    ],
    [
      "pictures in several pairs, which the list decides",
      [
        "a,b,same",
        "ad/large.png,ad/small.png,1",
        "ae/large.png,ae/small.png,0",
        "af/large.png,af/small.png,1",
        "ag/large.png,ag/small.png,0",
        "ai/large.png,ai/small.png,1",
        "al/large.png,al/small.png,0",
        "am/large.png,am/small.png,1",
        "ao/large.png,ao/small.png,0",
      ],
      ["--reuse"],
      /the list says which pairs there are: leave --reuse out$/,
    ],
    [
      "a picture with itself",
      ["a,b,same", "ad/large.png,ad/large.png,1", "ad/large.png,ae/small.png,0"],
      [],
      /bad\.csv row 2 names one picture twice: a pair is of two$/,
    ],
    [
      "one answer for all",
      ["a,b,same", "ad/large.png,ad/small.png,1", "ae/large.png,ae/small.png,1"],
      [],
      /all 2 pairs have the answer yes: there is nothing to learn$/,
    ],
    [
      "a ragged row",
      ["a,b,same", "ad/large.png,ad/small.png,1", "ad/large.png,ae/small.png"],
      [],
      /bad\.csv row 3 has 2 cells, but FLAGS\/bad\.csv row 1 has 3/,
    ],
    [
      "a label that is neither",
      ["a,b,same", "ad/large.png,ad/small.png,1", "ad/large.png,ae/small.png,2"],
      [],
      /bad\.csv row 3: the label is "2": it must be 0 or 1/,
    ],
    [
      "two answers of one pair",
      ["a,b,same", "ad/large.png,ad/small.png,1", "ad/small.png,ad/large.png,0"],
      [],
      /bad\.csv row 3 and FLAGS\/bad\.csv row 2 say different answers of one pair: keep one of them$/,
    ],
    [
      "an order of its classes",
      ["a,b,same", "ad/large.png,ad/small.png,1"],
      ["--order", "a,b"],
      /bad\.csv is a list of pairs, which says its own answers: leave --order out$/,
    ],
    [
      "a split of its classes",
      [
        "a,b,same",
        "ad/large.png,ad/small.png,1",
        "ae/large.png,ae/small.png,0",
        "af/large.png,af/small.png,1",
        "ag/large.png,ag/small.png,0",
        "ai/large.png,ai/small.png,1",
        "al/large.png,al/small.png,0",
        "am/large.png,am/small.png,1",
        "ao/large.png,ao/small.png,0",
      ],
      ["--split", "classes"],
      /the list says which pairs there are: leave --split classes out$/,
    ],
    [
      "a folder of pictures that is not there",
      ["a,b,same", "ad/large.png,ad/small.png,1"],
      ["--images", "/nowhere"],
      /there is no \/nowhere: --images takes the folder of the pictures that the list names$/,
    ],
    [
      "a winner that is none",
      ["a,b,winner", "ad/large.png,ad/small.png,left", "ad/large.png,ae/small.png,neither"],
      [],
      /bad\.csv row 3: the label is "neither": it must be left or right, the file that wins, or equal$/,
    ],
    [
      "no labels",
      ["a,b", "ad/large.png,ad/small.png"],
      [],
      /it is not clear which column has the labels, of a, b: name it with --label$/,
    ],
    [
      "a column that is not there",
      ["a,b,same", "ad/large.png,ad/small.png,1"],
      ["--label", "answer"],
      /has no column answer: there are a, b, same$/,
    ],
    ["a header only", ["a,b,same"], [], /bad\.csv has a header and no pairs/],
    [
      "an unknown split",
      ["a,b,same,split", "ad/large.png,ad/small.png,1,third", "ad/large.png,ae/small.png,0,train"],
      [],
      /bad\.csv row 2: split must be train, validation or test, not "third"$/,
    ],
  ])("%s is refused by its row", async (_, lines, more, message) => {
    await list("bad.csv", lines);
    expect(await refusal("bad.csv", ...more)).toMatch(message);
  });
});

test("the help of data show says that it takes a list", async () => {
  const { stdout } = await here(["data", "show", "--help"]);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain("a zip of these, or a list of pairs (default: MNIST");
});

test("a list without classes has none to be shown, and a sheet of its first pictures", async () => {
  const show = ["data", "show", at("flags", "pairs.csv"), "--fit", "pad"];
  const { stdout, stderr } = await here([...show, "--sheet", at("sheet.png"), "--quiet"]);
  expect([stdout.split("\n")[0], stderr]).toEqual(["pairs.csv: 120 images, from a list of pairs", ""]);
  const { height, width } = await decodePicture(await readFile(at("sheet.png")), "sheet.png", pictureCodecs());
  // 120 pictures of 32 × 32 in rows of 16.
  expect({ height, width }).toEqual({ height: 8 * 34 + 2, width: 16 * 34 + 2 });
  expect(await here([...show, "--sheet", at("nowhere", "sheet.png"), "--quiet"])).toEqual({
    ...{ code: 2, stdout: "" },
    stderr: `error: cannot write ${at("nowhere", "sheet.png")}: no such folder; name a file that can be written\n`,
  });
});

test.each(["worth", "ablate", "reproduce"])("%s says what to use in its place", async (name) => {
  const more = ["--classes", "first", "--runs", at("none"), "--out", at("none")];
  const { code, stdout, stderr } = await here([
    name,
    "--data",
    at("flags", "pairs.csv"),
    "--fit",
    "pad",
    "--quiet",
    ...more,
  ]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(
    `error: ${name} trains networks that decide by the images' classes, and the pairs of pairs.csv are given with their answers: use compare or tune, with networks such as matching and weight-sharing\n`,
  );
});

test("tune ends in a command that trains, as it is", async () => {
  await cp(at("flags", "pairs.csv"), at("pairs of flags.csv"));
  const where = ["--data", at("pairs of flags.csv"), "--images", at("flags"), "--fit", "pad"];
  const few = ["--trials", "2", "--rounds", "1", "--epochs", "1", "--pairs", "20", "--quiet"];
  const { stdout } = await here(["tune", "matching", ...where, ...few, "--runs", at("runs"), "--out", at("report")]);
  const [command = ""] = stdout.match(/^pairlab train .*$/m) ?? [];
  expect(command).toContain(`--data '${at("pairs of flags.csv")}' --fit pad --images ${at("flags")}`);
  const program = new URL("../../bin/pairlab.js", import.meta.url).pathname;
  const { stdout: trained } = await promisify(execFile)("sh", [
    "-c",
    `${command.replace("pairlab", `"${process.execPath}" "${program}"`)} --runs "${at("runs")}" --quiet`,
  ]);
  expect(trained).toMatch(/^matching, seed 0: test error /);
});

describe("LFW's pairs.txt", () => {
  test("names persons and their pictures", async () => {
    const people = countries.slice(0, 40);
    for (const [i, person] of people.entries()) {
      await mkdir(at("lfw", person), { recursive: true });
      for (const [number, which] of ["large", "small"].entries()) {
        const { copyFile } = await import("node:fs/promises");
        await copyFile(at("flags", person, `${which}.png`), at("lfw", person, `${person}_000${number + 1}.png`));
      }
      expect(await readdir(at("lfw", person))).toHaveLength(2);
      expect(i).toBeLessThan(40);
    }
    const same = people.map((person) => `${person}\t1\t2`);
    const different = people.map((person, i) => `${person}\t1\t${people[i ^ 1]}\t2`);
    await writeFile(at("lfw", "pairs.txt"), `1\t40\n${[...same, ...different].join("\n")}\n`);
    const dataset = await loadDataset(at("lfw", "pairs.txt"), { fit: "pad" });
    expect(dataset.identity.listed).toEqual({ relation: "listed-match", share: 0.5 });
    expect(dataset.train.count).toBe(80);
    await writeFile(at("lfw", "broken.txt"), `1\t40\n${same.join("\n")}\nad 1 2 3 4\n`);
    await expect(loadDataset(at("lfw", "broken.txt"), { fit: "pad" })).rejects.toThrow(
      /it must be NAME 1 2, or NAME 1 OTHER 2$/,
    );
  });
});
