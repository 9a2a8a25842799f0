import { describe, expect, it, test } from "vitest";
import { syntheticAblation } from "../../../test/support/ablation.js";
import { syntheticComparison } from "../../../test/support/comparison.js";
import { ablatePart, comparePart, reproducePart, tunePart, worthPart } from "../../../test/support/parts.js";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { syntheticTuning } from "../../../test/support/tuning.js";
import { syntheticWorth } from "../../../test/support/worth.js";
import { trainingSettings } from "../../core/experiments/shared/method.js";
import { methodsParagraph } from "../../core/experiments/shared/methods-paragraph.js";
import type { ReportPart } from "../../core/experiments/shared/part.js";
import type { RunRecord } from "../../core/index.js";
import { packageVersion } from "../version.js";
import { bibliography, withCitation } from "./citation.js";
import { reportMarkdown } from "./markdown.js";

interface Written {
  readonly part: ReportPart;
  readonly records: readonly RunRecord[];
  readonly result: { readonly rounds?: number; readonly seed: number; readonly dataset: { readonly sha256: string } };
}

const { reproduction, records } = syntheticReproduction({ rounds: 4, seed: 3 });
const ablated = syntheticAblation({ rounds: 3, candidates: 4, seed: 6 });
const compared = syntheticComparison({
  errors: { mlp: [0.2, 0.19, 0.21], "one-by-one": [0.03, 0.02, 0.025] },
  seed: 5,
});
const worthless = syntheticWorth();
const tuned = syntheticTuning();
const written: Readonly<Record<string, Written>> = {
  reproduce: { part: await reproducePart({ result: reproduction, records }), records, result: reproduction },
  compare: {
    part: await comparePart({ result: compared.comparison, records: compared.records }),
    records: compared.records,
    result: compared.comparison,
  },
  ablate: {
    part: await ablatePart({ result: ablated.ablation, records: ablated.records }),
    records: ablated.records,
    result: ablated.ablation,
  },
  worth: {
    part: await worthPart({ result: worthless.worth, records: worthless.records }),
    records: worthless.records,
    result: worthless.worth,
  },
  tune: {
    part: await tunePart({ result: tuned.tuning, records: tuned.records }, {}),
    records: tuned.records,
    result: tuned.tuning,
  },
};

const paragraphOf = ({ part, records }: Written): string => {
  const { blocks } = withCitation(part, records);
  const at = blocks.findIndex((block) => block.kind === "heading" && block.text === "Methods in one paragraph");
  const block = blocks[at + 1];
  expect(blocks[at - 1]?.kind).toBe("settings");
  if (block?.kind !== "text") throw new Error("there is no paragraph");
  return block.text;
};

/** Numbers, digests included, without the commas of thousands. */
const numbersIn = (text: string): string[] =>
  (text.match(/\b[0-9a-f]{64}\b|\d+(?:,\d{3})*(?:\.\d+)*/g) ?? []).map((number) => number.replaceAll(",", ""));

describe.each(Object.entries(written))("the methods of %s", (_, each) => {
  const paragraph = paragraphOf(each);
  const { part, records, result } = each;

  it("have no number that is not in the report's JSON or in the runs'", () => {
    const settings = part.blocks.filter(({ kind }) => kind === "settings");
    const known = new Set(numbersIn([settings, result, records].map((known) => JSON.stringify(known)).join(" ")));
    expect(numbersIn(paragraph).filter((number) => !known.has(number))).toEqual([]);
  });

  it("have what the runs had", () => {
    const { dataset, rounds, seed } = result;
    const [{ config }] = records as [RunRecord];
    const { epochs, batchSize, engine, trainPairs } = config;
    expect(paragraph).toMatch(
      /^The question about a pair was: Is the first of two handwritten digits less than or equal to /,
    );
    expect(paragraph).toContain(`The images were MNIST, SHA-256 ${dataset.sha256}.`);
    expect(paragraph).toContain(`pairlab ${engine.version}, with base SIMD and kernels of SHA-256 ${engine.kernels};`);
    expect(paragraph).toContain(`The number of epochs was ${epochs}; `);
    expect(paragraph).toContain(`The batch size was ${batchSize} pairs.`);
    expect(numbersIn(paragraph)).toContain(String(trainPairs));
    if (rounds !== undefined && /number of rounds/.test(paragraph))
      expect(paragraph).toContain(`The number of rounds was ${rounds}, seeds ${seed} to ${seed + rounds - 1}; `);
    expect(paragraph).toContain("The 95% interval was Student's for a mean over rounds");
    expect(paragraph).not.toMatch(/the paper|undefined|NaN|\n|\.\./);
  });
});

test("the fused build is said to have its bits where a processor fuses, and the base build everywhere", async () => {
  const { reproduction: result, records } = syntheticReproduction({ rounds: 2 });
  const part = await reproducePart({ result, records });
  const onEvery = (simd: "base" | "fused") => {
    const ofBuild = records.map((record) => {
      const { engine } = record.config;
      return { ...record, config: { ...record.config, engine: { ...engine, simd } } };
    });
    return /bit for bit, on every ([^.;]+)\./.exec(paragraphOf({ part, records: ofBuild, result }))?.[1];
  };
  expect([onEvery("base"), onEvery("fused")]).toEqual(["machine", "processor with a fused multiply-add"]);
});

test("another question is said once, and of several each with its networks", async () => {
  const other = syntheticReproduction({ rounds: 2, overrides: { relation: "less" } });
  const part = await reproducePart({ result: other.reproduction, records: other.records });
  const one = paragraphOf({ part, records: other.records, result: other.reproduction });
  expect(one).toMatch(
    /^The question about a pair was: Is the first of two handwritten digits less than the second\? We trained /,
  );
  expect(one).not.toMatch(/Question: |\?\./);

  const mixed = [...other.records.slice(0, 2), ...records.slice(-4)];
  expect(methodsParagraph(trainingSettings(mixed), mixed)).toMatch(
    /^The questions about a pair were: Is the first of two handwritten digits less than the second\? \(MLP\) Is the first of two handwritten digits less than or equal to the second\? \(one-by-one\)\. We trained MLP /,
  );
});

test("a data set's name stays as it is", () => {
  const settings = [{ name: "Images", value: "the paper, SHA-256 5e" }];
  expect(methodsParagraph(settings, records)).toContain(" The images were the paper, SHA-256 5e. ");
});

test("networks are named in the registry's order with their parameters, or counted", () => {
  expect(paragraphOf(written.reproduce as Written)).toContain(
    " We trained MLP (89,712 parameters); simple CNN (76,386 parameters); weight sharing (75,202 parameters); ",
  );
  expect(paragraphOf(written.ablate as Written)).toMatch(/ We trained 24 networks of [\d,]+ to [\d,]+ parameters\. /);
});

test("the tests of each experiment are named", () => {
  expect(paragraphOf(written.compare as Written)).toMatch(
    /The test was a two-sided sign-flip permutation test .* all 8 /,
  );
  expect(paragraphOf(written.ablate as Written)).toMatch(
    / corrected for all 14 effects together by Holm's procedure\./,
  );
});

test("the report has the paragraph, and names the file of the entry", () => {
  const { part, records } = written.reproduce as Written;
  const markdown = reportMarkdown([{ ...part, ...withCitation(part, records) }]);
  expect(markdown).toContain("\n## Methods in one paragraph\n\nThe question about a pair was: ");
  expect(markdown).toContain(`[pairlab.bib](pairlab.bib) has the BibTeX entry of pairlab ${packageVersion()}`);
});

describe("the BibTeX entry", () => {
  it("of this package has what its package.json has, and invents nothing", () => {
    const file = withCitation(written.tune?.part as ReportPart, written.tune?.records ?? []).files.at(-1);
    expect(file?.fileName).toBe("pairlab.bib");
    expect(file?.text).toMatch(
      /^@misc\{pairlab,\n {2}key = \{pairlab\},\n {2}title = \{\{pairlab\}: Train small networks /,
    );
    expect(file?.text).toContain(`  howpublished = {Software, version ${packageVersion()}},\n`);
    expect(file?.text).not.toMatch(/author|year|url/);
  });

  it("has an author and an address where they are named, and no command of TeX", () => {
    const { text } = bibliography({
      name: "some_tool",
      version: "1.0.0",
      description: "50% of {this} & that\\, ~ $1.",
      author: { name: "A & B" },
      homepage: "https://example.org/a_b",
    });
    expect(text).toBe(`@misc{some_tool,
  author = {{A \\& B}},
  key = {some\\_tool},
  title = {{some\\_tool}: 50\\% of \\{this\\} \\& that\\textbackslash{}, \\textasciitilde{} \\$1},
  howpublished = {Software, version 1.0.0},
  url = {https://example.org/a_b},
}
`);
  });
});
