import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { around, syntheticComparison } from "../../../test/support/comparison.js";
import { comparePart } from "../../../test/support/parts.js";
import { paperConclusions } from "../../core/experiments/compare/paper-conclusions.js";
import { reportMarkdown } from "./markdown.js";
import { reportPage } from "./page.js";

const TWO = { mlp: [0.2, 0.19, 0.21], "one-by-one": [0.03, 0.02, 0.025] };

const FIVE = {
  mlp: around(187, 9),
  "simple-cnn": around(186, 9, 1),
  "weight-sharing": around(166, 9, 2),
  "weight-sharing-auxiliary": around(76, 9, 3),
  "one-by-one": around(26, 9, 4),
};

async function partOf(errors: Readonly<Record<string, readonly number[]>>, seed = 0) {
  const { comparison, records } = syntheticComparison({ errors, seed });
  const paper = paperConclusions(comparison, records);
  return { comparison, part: await comparePart({ result: { ...comparison, ...(paper ? { paper } : {}) }, records }) };
}

test("one line of CSV for each round and architecture, and one for each pair's round", async () => {
  const { part } = await partOf(TWO, 5);
  const files = Object.fromEntries(part.files.map(({ fileName, text }) => [fileName, text]));
  expect(files["compare-differences.csv"]).toBe(
    "a,b,seed,difference\nmlp,one-by-one,5,0.17\nmlp,one-by-one,6,0.17\nmlp,one-by-one,7,0.185\n",
  );
  expect(files["compare.csv"]?.split("\n").map((line) => line.replace(/,[0-9a-f]{16}$/, ""))).toEqual([
    "architecture,seed,train_error,test_error,run",
    "mlp,5,0,0.2",
    "one-by-one,5,0,0.03",
    "mlp,6,0,0.19",
    "one-by-one,6,0,0.02",
    "mlp,7,0,0.21",
    "one-by-one,7,0,0.025",
    "",
  ]);
});

test("where networks were measured on all test pairs, the rounds have that too", async () => {
  const { comparison, records } = syntheticComparison({ errors: TWO, allTestPairs: { mlp: [0.2, 0.1962, 0.2014] } });
  const part = await comparePart({ result: comparison, records });
  const lines = part.files.find(({ fileName }) => fileName === "compare.csv")?.text.split("\n") ?? [];
  expect(lines.slice(0, 4).map((line) => line.replace(/,[0-9a-f]{16},/, ",ID,"))).toEqual([
    "architecture,seed,train_error,test_error,run,all_test_pairs_error",
    "mlp,0,0,0.2,ID,0.2",
    "one-by-one,0,0,0.03,ID,",
    "mlp,1,0,0.19,ID,0.1962",
  ]);
  const { document } = parseHTML(reportPage([part]));
  const [first] = document.querySelectorAll("details");
  expect([...(first?.querySelectorAll("th") ?? [])].map(({ textContent }) => textContent)).toContain("All test pairs");
  expect(first?.textContent).toContain("19.62%");
});

test("times are said to be recorded ones, and how far they lie apart", async () => {
  const { comparison, records } = syntheticComparison({ errors: TWO });
  const captionOf = async (result: typeof comparison) => {
    const { blocks } = await comparePart({ result, records });
    const figures = blocks.flatMap((block) => (block.kind === "figure" ? block.figure : []));
    return figures.find(({ fileName }) => fileName === "compare-pareto.svg")?.caption;
  };
  const recorded =
    "Each run recorded its own wall-clock time, which is longer where the machine did other work as well.";
  expect(await captionOf(comparison)).toBe(recorded);
  const [mlp, other] = comparison.architectures;
  const slower = { ...mlp, secondsPerRun: { median: 4, least: 3, greatest: 9.6 } } as typeof mlp;
  const architectures = [slower, other].flatMap((each) => each ?? []);
  expect(await captionOf({ ...comparison, architectures })).toBe(
    `${recorded} Of one network's runs the longest took up to 3.2 times as long as the shortest.`,
  );
});

test("the JSON is the comparison", async () => {
  const { comparison, part } = await partOf(TWO);
  const json = part.files.find(({ fileName }) => fileName === "compare.json")?.text ?? "";
  expect(JSON.parse(json)).toEqual(comparison);
  expect(json).toMatch(/\}\n$/);
});

test("sentences come first; the figures, tables, methods, every round and the command follow", async () => {
  const { comparison, part } = await partOf(TWO);
  const { document } = parseHTML(reportPage([part]));
  expect([...document.querySelectorAll("h2")].map(({ textContent }) => textContent)).toEqual([
    "What is shown, and what is not",
    "Test errors",
    "Differences",
    "What they cost",
    "Settings",
    "Every round",
    "The same numbers again",
  ]);
  expect(document.querySelector("main li")?.textContent?.replaceAll("\u00a0", " ")).toBe(
    comparison.differences[0]?.sentence,
  );
  expect([...document.querySelectorAll("figure > div > svg > title")].map(({ textContent }) => textContent)).toEqual([
    "Test errors in every round",
    "Differences of test errors in every round",
    "Test error against what a network costs",
  ]);
  expect(document.querySelectorAll("details tbody tr")).toHaveLength(6);
  const settings = [...document.querySelectorAll("dt")].map(({ textContent }) => textContent);
  expect(settings).toEqual(expect.arrayContaining(["Epochs", "Test", "Correction", "P(A beats B)", "How many rounds"]));
  expect(document.querySelector("pre")?.textContent).toBe("pairlab compare mlp one-by-one --rounds 3 --seed 0");
});

test("all five of the paper's: its conclusions and its numbers have a place", async () => {
  const { part } = await partOf(FIVE);
  const markdown = reportMarkdown([part]);
  expect(markdown).toMatch(
    /## Which of the paper's conclusions hold\n\n- The auxiliary loss lowers test error greatly: /,
  );
  expect(markdown).toMatch(/## The paper's numbers and ours\n\n- Test errors that agree/);
  const json = JSON.parse(part.files.find(({ fileName }) => fileName === "compare.json")?.text ?? "");
  expect(json.paper.conclusions.map(({ verdict }: { verdict: string }) => verdict)).toEqual(Array(4).fill("confirmed"));
});
