import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { reproducePart } from "../../../test/support/parts.js";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { InvalidRequest } from "../../core/index.js";
import { EXPERIMENT_NAMES } from "../cli/experiments.js";
import { type ReportPart, writeReport } from "./index.js";

const synthetic = syntheticReproduction();
let part: ReportPart;
beforeAll(async () => {
  part = await reproducePart({ result: synthetic.reproduction, records: synthetic.records });
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-report-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (...path: string[]) => readFile(join(folder, ...path), "utf8");

test("writes the page, Markdown, JSON, CSV and each figure, and nothing else", async () => {
  await writeReport(folder, part, EXPERIMENT_NAMES);
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
    "curves.csv",
    "figures",
    "figures/figure-1-mlp.svg",
    "figures/figure-2-simple-cnn.svg",
    "figures/figure-3-weight-sharing.svg",
    "figures/figure-4-weight-sharing-auxiliary.svg",
    "figures/figure-one-by-one.svg",
    "figures/test-error.svg",
    "parts",
    "parts/reproduce.json",
    "report.html",
    "report.md",
    "reproduce.json",
    "test-errors.csv",
  ]);
  const json = await read("reproduce.json");
  expect(JSON.parse(json)).toEqual(synthetic.reproduction);
  expect(json).toMatch(/\}\n$/);
});

test("the same reproduction gives the same bytes again", async () => {
  await writeReport(folder, part, EXPERIMENT_NAMES);
  const first = await read("report.html");
  const { reproduction, records } = syntheticReproduction();
  await writeReport(folder, await reproducePart({ result: reproduction, records }), EXPERIMENT_NAMES);
  expect(await read("report.html")).toBe(first);
});

test("the page needs nothing else: no script, nothing fetched", async () => {
  await writeReport(folder, part, EXPERIMENT_NAMES);
  const { document } = parseHTML(await read("report.html"));
  expect(document.querySelectorAll("script, img, iframe, object, link[rel=stylesheet]")).toHaveLength(0);
  const addresses = [...document.querySelectorAll("[href], [src]")].map((element) => element.getAttribute("href"));
  expect(addresses).toEqual(["data:,", "reproduce.json", "test-errors.csv", "curves.csv", "report.md"]);
  const withoutNamespace = document.documentElement.outerHTML.replaceAll("http://www.w3.org/2000/svg", "");
  expect(withoutNamespace).not.toMatch(/https?:|url\(|@import/);
});

test("the page can be read by a screen reader", async () => {
  await writeReport(folder, part, EXPERIMENT_NAMES);
  const { document } = parseHTML(await read("report.html"));
  expect(document.documentElement.getAttribute("lang")).toBe("en");
  expect(document.querySelectorAll("h1")).toHaveLength(1);
  const captions = [...document.querySelectorAll("caption strong")].map(({ textContent }) => textContent);
  expect(captions).toEqual([
    "Table VII: no hint, and the rule itself as the hint",
    "Table VIII: what weight sharing and the auxiliary loss are worth",
    "Distribution over the rounds",
  ]);
  for (const heading of document.querySelectorAll("th")) expect(heading.getAttribute("scope")).toMatch(/^(row|col)$/);
  for (const figure of document.querySelectorAll("figure > div > svg"))
    expect(figure.querySelector("title")?.textContent).toMatch(
      /^(Figure [1-4]: |Beyond the paper: |Test errors, ours)/,
    );
  expect(document.querySelectorAll("figure")).toHaveLength(6);
  expect(document.querySelectorAll("details")).toHaveLength(5);
  expect(document.querySelectorAll("details tbody tr")).toHaveLength(15);
});

test("the Markdown has the tables and links the figures", async () => {
  await writeReport(folder, part, EXPERIMENT_NAMES);
  const markdown = await read("report.md");
  expect(markdown).toContain("| Test error, paper | 19.5% ± 1.0 pt | 12.54% ± 0.95 pt |");
  expect(markdown).toContain("![Figure 1: MLP](figures/figure-1-mlp.svg)");
  expect(markdown).toContain("pairlab reproduce --rounds 3 --seed 0");
});

test("curves as CSV: one line for each architecture, metric and epoch, empty where there is no number", async () => {
  const { reproduction, records } = syntheticReproduction({ rounds: 1, overrides: { epochs: 2 } });
  await writeReport(folder, await reproducePart({ result: reproduction, records }), EXPERIMENT_NAMES);
  const lines = (await read("curves.csv")).trimEnd().split("\n");
  expect(lines).toHaveLength(1 + 5 * 4 * 2);
  expect(lines.slice(0, 2)).toEqual(["architecture,epoch,metric,mean,sd", "mlp,1,trainLoss,0.6799999999999999,"]);
});

test("test errors as CSV: one line for each round and architecture", async () => {
  const { reproduction, records } = syntheticReproduction({ rounds: 2, overrides: { epochs: 1 } });
  await writeReport(folder, await reproducePart({ result: reproduction, records }), EXPERIMENT_NAMES);
  const lines = (await read("test-errors.csv")).trimEnd().split("\n");
  expect(lines).toHaveLength(1 + 2 * 5);
  const [mlp] = reproduction.architectures[0]?.runs ?? [];
  expect(lines.slice(0, 2)).toEqual([
    "architecture,seed,train_error,test_error,run",
    `mlp,0,${mlp?.trainError},${mlp?.testError},${mlp?.id}`,
  ]);
});

test("an interrupt ends it between two files, with its reason", async () => {
  const interrupt = new AbortController();
  const written = writeReport(folder, part, EXPERIMENT_NAMES, interrupt.signal);
  interrupt.abort(new Error("enough"));
  await expect(written).rejects.toThrow("enough");
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(["figures", "parts"]);
});

test("an interrupt ends the waiting for the reader of a pipe", async () => {
  execFileSync("mkfifo", [join(folder, "reproduce.json")]);
  const interrupt = new AbortController();
  const written = writeReport(folder, part, EXPERIMENT_NAMES, interrupt.signal);
  setTimeout(() => interrupt.abort(new Error("enough")), 20);
  await expect(written).rejects.toThrow("enough");
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(["figures", "parts", "reproduce.json"]);
});

test("names from elsewhere are shown in Markdown and on the page, and do nothing", async () => {
  const name = "a|b<c>*_[x](y)\n# h\u001B[2J\u202E";
  const part: ReportPart = {
    name: "worth",
    title: "Worth",
    introduction: "In pairs.",
    blocks: [
      { kind: "settings", settings: [{ name: "Images", value: name }] },
      { kind: "table", table: { title: "T", caption: "", columns: ["a", "b"], rows: [[name, name]] } },
    ],
    files: [],
  };
  await writeReport(folder, part, EXPERIMENT_NAMES);
  const shown = "a\\|b&lt;c>\\*\\_[x\\](y)\\\\n# h\\\\x1b[2J\\\\u202e";
  const markdown = await read("report.md");
  expect(markdown).toContain(`- **Images**: ${shown}\n`);
  expect(markdown).toContain(`\n| ${shown} | ${shown} |\n`);
  const { document } = parseHTML(await read("report.html"));
  expect(document.querySelector("dd")?.textContent).toBe("a|b<c>*_[x](y)\\n# h\\x1b[2J\\u202e");
});

test("a folder that cannot be written is named", async () => {
  const file = join(folder, "report");
  await writeFile(file, "");
  await expect(writeReport(file, part, EXPERIMENT_NAMES)).rejects.toThrow(InvalidRequest);
  await expect(writeReport(file, part, EXPERIMENT_NAMES)).rejects.toThrow(`cannot write in ${file}`);
});

describe("a folder in which another command has written", () => {
  /** What a command might add, with one block of each kind. */
  const other: ReportPart = {
    name: "worth",
    title: "What a hint is worth",
    introduction: "In pairs.",
    blocks: [
      { kind: "heading", text: "Curves" },
      { kind: "text", text: "A sentence." },
      { kind: "sentences", sentences: ["One.", "Two."] },
      {
        kind: "figure",
        figure: {
          fileName: "worth.svg",
          name: "Worth",
          caption: "More is better.",
          svg: "<svg><title>Worth</title></svg>",
        },
      },
      { kind: "table", table: { title: "Factors", caption: "", columns: ["hint", "factor"], rows: [["a|b", "2×"]] } },
      {
        kind: "fold",
        summary: "mlp: 3 rounds",
        table: { title: "mlp", caption: "", columns: ["Seed"], rows: [["0"]] },
      },
      { kind: "settings", settings: [{ name: "Epochs", value: "25" }] },
      { kind: "command", command: "pairlab worth" },
    ],
    files: [{ fileName: "worth.json", holds: "every number", text: "{}\n" }],
  };
  const reproduction = async () => {
    const { reproduction, records } = syntheticReproduction({ rounds: 1, overrides: { epochs: 1 } });
    return reproducePart({ result: reproduction, records });
  };

  it("gets a report of both parts, in one order, whichever comes first", async () => {
    await writeReport(folder, other, EXPERIMENT_NAMES);
    expect(await writeReport(folder, await reproduction(), EXPERIMENT_NAMES)).toEqual([]);
    const [page, markdown] = [await read("report.html"), await read("report.md")];
    const { document } = parseHTML(page);
    expect([...document.querySelectorAll("section h2")].map(({ textContent }) => textContent)).toEqual([
      "Five networks on pairs of digits",
      "What a hint is worth",
    ]);
    const links = [...document.querySelectorAll("nav a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(["#reproduce", "#worth"]);
    for (const link of links) expect(document.querySelector(link ?? "")).not.toBeNull();
    expect(document.querySelectorAll("h1")).toHaveLength(1);
    expect(page).toContain("<title>Worth</title>");
    expect(markdown).toContain("## What a hint is worth\n\nIn pairs.\n\n### Curves");
    expect(markdown).toContain("| a\\|b | 2× |");

    await writeReport(folder, other, EXPERIMENT_NAMES);
    expect(await read("report.html")).toBe(page);
    expect(await read("report.md")).toBe(markdown);
  });

  it.each<[string, () => Promise<void>, RegExp]>([
    [
      "a figure that was changed",
      () => writeFile(join(folder, "figures", "worth.svg"), "<svg/>"),
      /worth\.svg is not as/,
    ],
    [
      "a figure that is gone",
      () => rm(join(folder, "figures", "worth.svg")),
      /worth\.svg is missing: worth is left out/,
    ],
    [
      "a part of another program",
      () => writeFile(join(folder, "parts", "worth.json"), "[]"),
      /parts\/worth\.json is not a part/,
    ],
    [
      "a pipe in a part's place",
      async () => {
        await rm(join(folder, "parts", "worth.json"));
        execFileSync("mkfifo", [join(folder, "parts", "worth.json")]);
      },
      /parts\/worth\.json is not a part/,
    ],
    [
      "lists within each other",
      () => writeFile(join(folder, "parts", "worth.json"), "[".repeat(100_000)),
      /parts\/worth\.json is not a part/,
    ],
  ])("leaves %s out, says so, and loses nothing else", async (_, damage, says) => {
    await writeReport(folder, other, EXPERIMENT_NAMES);
    await damage();
    const wrong = await writeReport(folder, await reproduction(), EXPERIMENT_NAMES);
    expect(wrong).toEqual([expect.stringMatching(says)]);
    expect(wrong[0]).toMatch(/run pairlab worth again$/);
    expect(await read("report.html")).not.toContain("What a hint is worth");
    expect(await read("worth.json")).toBe("{}\n");
  });
});
