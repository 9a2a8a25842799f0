import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeSafetensors } from "../../src/core/index.js";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(at("MNIST"), { train: 1500, test: 400 });
});
afterAll(() => folder.remove());

/** What is printed, and all that a report says, its pictures included. */
async function toldBy(commandLine: readonly string[], report?: string): Promise<string> {
  const few = commandLine[0] === "runs" ? [] : ["--data", at("MNIST")];
  const { code, stdout, stderr } = await here([...commandLine, ...few, "--runs", at("runs")]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  const files = report ? await readdir(report, { recursive: true, withFileTypes: true }) : [];
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "utf8")),
  );
  return [stdout, stderr, ...texts].join("\n");
}

const PAPERS = /≤|less than or equal|less-or-equal/;

describe.each([
  ["equal", "Is the first of two handwritten digits the same as the second?"],
  ["sum-at-least-10", "Is the sum of two handwritten digits at least 10?"],
])("--relation %s", (relation, question) => {
  const small = ["--relation", relation, "--rounds", "2", "--epochs", "1", "--pairs", "50"];
  const once = ["--relation", relation, "--rounds", "1", "--epochs", "1"];
  const commands: readonly [string, ...string[]][] = [
    ["compare", "mlp", "one-by-one", ...small],
    ["worth", ...once, "--sizes", "50,100"],
    ["ablate", ...once, "--candidates", "1", "--pairs", "50"],
    ["tune", "mlp", ...once, "--trials", "4", "--pairs", "50"],
    ["reproduce", ...once, "--pairs", "50"],
  ];

  test.each(commands)("%s says what is asked, and nothing of the paper's question", async (name, ...more) => {
    const report = at(relation, name);
    const told = await toldBy([name, ...more, "--out", report], report);
    expect(told).not.toMatch(PAPERS);
    const markdown = await readFile(join(report, "report.md"), "utf8");
    expect(markdown).toContain(question);
    expect(markdown).toMatch(new RegExp(`pairlab ${name}.* --relation ${relation}( |$)`, "m"));
    expect(JSON.parse(await readFile(join(report, `${name}.json`), "utf8")).relation).toBe(relation);
  });

  test("train and runs say it, too", async () => {
    const told = await toldBy(["train", "one-by-one", "--relation", relation, "--epochs", "1", "--pairs", "50"]);
    expect(told).toContain(
      `asked: is the ${relation === "equal" ? "first the same as the second" : "sum of the two at least 10"}?`,
    );
    const listed = await toldBy(["runs", "--where", `relation=${relation}`]);
    expect(listed).toContain(`relation ${relation}`);
    expect(`${told}${listed}${await toldBy(["runs", "show", "latest"])}`).not.toMatch(PAPERS);
  });

  test("a report of several parts asks it", async () => {
    const report = at(relation, "both");
    await toldBy(["compare", "mlp", "one-by-one", ...small, "--out", report]);
    const told = await toldBy(["worth", ...once, "--sizes", "50,100", "--out", report], report);
    expect(told).not.toMatch(PAPERS);
    expect(await readFile(join(report, "report.md"), "utf8")).toContain(`${question} Small networks learn it`);
    await toldBy(["compare", "mlp", "one-by-one", "--rounds", "2", "--epochs", "1", "--pairs", "50", "--out", report]);
    expect(await readFile(join(report, "report.md"), "utf8")).toContain("Each part asks its own question");
  });
});

test("a reproduction with another question is not set beside the paper", async () => {
  const report = at("another question");
  const settings = ["--relation", "less", "--rounds", "1", "--epochs", "1", "--pairs", "50"];
  const told = await toldBy(["reproduce", ...settings, "--out", report], report);
  expect(told).toContain("The paper asks its networks another question, or shows them other images");
  expect(told).not.toMatch(/Table VI|, paper|, ours|Verdict|agrees|Figure \d|the paper: mean/);
  const { architectures } = JSON.parse(await readFile(join(report, "reproduce.json"), "utf8"));
  expect(architectures).toHaveLength(5);
  for (const each of architectures) expect([each.paper, each.verdict]).toEqual([undefined, null]);
  const five = ["mlp", "simple-cnn", "weight-sharing", "weight-sharing-auxiliary", "one-by-one"];
  const compared = await toldBy(["compare", ...five, ...settings, "--out", report]);
  expect(compared).not.toMatch(/paper/i);
});

test("a file is a table: the same run as with its whole name, which the repeat command has", async () => {
  const rows = Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (_, j) => Number((i * j) % 3 === 1)));
  await writeFile(at("table.csv"), rows.map((row) => row.join(",")).join("\n"));
  const name = `table:${rows.map((row) => row.join("")).join("/")}`;
  const records = await Promise.all(
    [at("table.csv"), name].map(async (relation, i) => {
      const command = [
        "train",
        "mlp",
        "--epochs",
        "1",
        "--relation",
        relation,
        "--json",
        "--runs",
        at(`table ${i}`),
        ...["--data", at("MNIST"), "--pairs", "100"],
      ];
      return JSON.parse((await here(command)).stdout);
    }),
  );
  expect(records[0].config.relation).toBe(name);
  expect(records[0].weightsSha256).toBe(records[1].weightsSha256);
  const report = at("table");
  await toldBy([
    "compare",
    "mlp",
    `one-by-one:relation=${at("table.csv")}`,
    "--rounds",
    "1",
    "--epochs",
    "1",
    "--pairs",
    "50",
    "--out",
    report,
  ]);
  const markdown = await readFile(join(report, "report.md"), "utf8");
  expect(markdown).toContain("Networks are asked several questions.");
  expect(markdown).toContain(`pairlab compare mlp one-by-one:relation=${name} `);
});

test("pairs are of what is asked", async () => {
  const out = at("pairs.safetensors");
  await here(["pairs", "--relation", "equal", "--pairs", "50", "--out", out]);
  const { tensors } = decodeSafetensors({ name: out, bytes: await readFile(out) });
  const data = (name: string) => [...(tensors.find((tensor) => tensor.name === name)?.data ?? [])].map(Number);
  const classes = data("train_classes");
  expect(data("train_target")).toEqual(
    classes.flatMap((first, i) => (i % 2 ? [] : [Number(first === classes[i + 1])])),
  );
});

test("a table of another size is called by its file", async () => {
  await writeFile(at("small.csv"), "0,1\n1,0\n");
  for (const command of [
    ["train", "mlp", "--relation", at("small.csv")],
    ["compare", "mlp", `quick:relation=${at("small.csv")}`, "--out", at("none")],
    ["pairs", "--relation", at("small.csv"), "--out", at("none.safetensors")],
  ]) {
    const { code, stderr } = await here([...command, ...(command[0] === "pairs" ? [] : ["--runs", at("none")])]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `relation ${at("small.csv")} is a table of 2 × 2 classes, but the images have 10 classes: give it 10 rows of 10 cells`,
    );
    expect(stderr).not.toContain("table:");
  }
});

test.each([
  [
    ["larger"],
    'It must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not "larger", and no file with a table has that name.',
  ],
  [["sum-at-least-ten"], 'It must be sum-at-least- and a number, such as sum-at-least-10, not "sum-at-least-ten".'],
  [
    ["sum-at-least-19"],
    'error: mlp: relation "sum-at-least-19" holds for no pair of the 10 classes: there is nothing to learn',
  ],
  [["table:01/10"], "is a table of 2 × 2 classes, but the images have 10 classes"],
  [["package.json"], "package.json: a table has at most 64 classes"],
  [["package-lock.json"], "bytes: a table has at most 65536"],
])("--relation %s is refused in one line", async ([relation = ""], why) => {
  const { code, stdout, stderr } = await here(["train", "mlp", "--relation", relation, "--runs", at("none")]);
  expect([code, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
  expect(stderr).toContain(why);
});
