import { expect, test } from "vitest";
import { syntheticAblation } from "../../../test/support/ablation.js";
import { around, syntheticComparison } from "../../../test/support/comparison.js";
import { ablatePart, comparePart, reproducePart, tunePart, worthPart } from "../../../test/support/parts.js";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { syntheticTuning } from "../../../test/support/tuning.js";
import { syntheticWorth } from "../../../test/support/worth.js";
import type { ReportPart } from "../../core/experiments/shared/part.js";
import type { RunRecord } from "../../core/index.js";
import { reportMarkdown } from "./markdown.js";
import { reportPage } from "./page.js";

/** Every part of a report, of experiments in which one round of a network diverged, or all of all. */
async function madeParts(all: boolean): Promise<ReportPart[]> {
  const lost = (architecture: string) => (record: RunRecord) =>
    all || (record.architecture === architecture && record.seed % 10_000 === 1);
  const mlp = around(187, 6).map((error, round) => (all || round === 1 ? Number.NaN : error));
  const { comparison, records } = syntheticComparison({ errors: { mlp, "one-by-one": mlp.with(1, 0.03) } });
  const reproduced = syntheticReproduction({ rounds: 6, diverges: lost("mlp") });
  const worth = syntheticWorth({ rounds: 6, diverges: lost("trunk+batch-norm+dropout") });
  const ablated = syntheticAblation({ rounds: 6, diverges: lost("trunk+sharing") });
  const tuned = syntheticTuning({
    diverges: lost("weight-sharing-auxiliary"),
    error: ({ learningRate = 0 }) => (learningRate > 0.01 ? Number.NaN : 80 + 1000 * learningRate),
  });
  return [
    await reproducePart({ result: reproduced.reproduction, records: reproduced.records }),
    await comparePart({ result: comparison, records }),
    await ablatePart({ result: ablated.ablation, records: ablated.records }),
    await worthPart({ result: worth.worth, records: worth.records }),
    await tunePart({ result: tuned.tuning, records: tuned.records }, {}),
  ];
}

const ofOne = madeParts(false);

test.each([false, true])(
  "each part of a report counts and names what diverged, all of it %s, and has no NaN",
  async (all) => {
    for (const part of await (all ? madeParts(true) : ofOne)) {
      const files = Object.fromEntries(part.files.map(({ fileName, text }) => [fileName, text]));
      for (const text of [reportMarkdown([part]), reportPage([part]), ...Object.values(files)]) {
        expect(text).not.toMatch(/NaN|Infinity|undefined/);
      }
      expect(reportMarkdown([part])).toMatch(/diverged/);
      const json = JSON.stringify(JSON.parse(files[`${part.name}.json`] as string));
      expect(json).toMatch(part.name === "tune" ? /"mean":null/ : /"diverged":\{"epoch":1,"step":7,"what":"loss"\}/);
    }
  },
);

test("tables of runs say where they diverged, in columns of their own", async () => {
  const [reproduced, , , worth] = await ofOne;
  const [head, ...lines] =
    reproduced?.files.find(({ fileName }) => fileName === "test-errors.csv")?.text.split("\n") ?? [];
  expect(head).toBe("architecture,seed,train_error,test_error,run,diverged_epoch,diverged_step");
  expect(lines.filter((line) => line.startsWith("mlp,1,,,")).map((line) => line.slice(-4))).toEqual(
    [",1,7"].map((end) => expect.stringMatching(`${end}$`)),
  );
  expect(lines.filter((line) => line.endsWith(",,"))).toHaveLength(29);
  expect(worth?.files.find(({ fileName }) => fileName === "worth-curves.csv")?.text).toMatch(
    /^trunk\+batch-norm\+dropout,125,1,,,[0-9a-f]{16},1,7$/m,
  );
});
