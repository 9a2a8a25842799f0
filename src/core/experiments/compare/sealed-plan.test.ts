import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { plannedApparatus } from "../../../../test/support/apparatus.js";
import { InvalidRequest } from "../../errors.js";
import { stringifyJson } from "../../formats/json.js";
import type { Job, RunRecord } from "../../training/index.js";
import { makeJob } from "../../training/index.js";
import { runExperiment } from "../shared/experiment.js";
import { compare } from "./experiment.js";
import type { CompareOptions } from "./options.js";
import { deviationsFromPlan, type ReportedComparison } from "./plan-deviations.js";
import { planText } from "./plan-file.js";
import { plannedOptions } from "./planned-options.js";
import { sealPlan } from "./seal-plan.js";
import { readPlan, type SealedPlan, sealed } from "./sealed-plan.js";

const apparatus = plannedApparatus();
const SHORT = { name: "mlp:epochs=3", architecture: "mlp", settings: { epochs: 3 }, overrides: { epochs: 3 } };
const FIXED: CompareOptions = { architectures: ["quick", SHORT], rounds: 3, seed: 5, settings: { batchSize: 25 } };
const ADDED: CompareOptions = { architectures: ["quick", "mlp"], rounds: 9, seed: 0, until: { margin: 0.01 } };

/** Errors by which mlp is worse in every round, by 5 to 9 points. */
const recordOf = ({ id, architecture, seed, config }: Job): RunRecord => {
  const testError = architecture === "mlp" ? 0.2 + (seed % 5) / 100 : 0.15;
  const result = { trainLoss: 0.1, testLoss: 0.5, trainAccuracy: 0.99, testAccuracy: 1 - testError };
  const errors = { trainError: 0.01, testError, epochs: [{ epoch: config.epochs, ...result }] };
  return { id, architecture, seed, config, parameters: 1000, ...errors, seconds: 1, weightsSha256: id.repeat(4) };
};
const carriedOut = async (options: CompareOptions, means = apparatus) =>
  (await runExperiment(compare, options, means, async ({ jobs }) => jobs.map(recordOf))).result;

// As JSON has it.
// biome-ignore lint/suspicious/noExplicitAny: a document that somebody edits
type Edit = (copy: any) => unknown;

/** A plan that was changed, with the hash that it then has. */
const resealed = (plan: SealedPlan, change: Edit): SealedPlan => {
  const { sha256: _, ...copy } = JSON.parse(planText(plan));
  change(copy);
  return sealed(copy);
};

describe("a plan", () => {
  test("has networks and settings in full, and the ids of the runs that will be made", () => {
    const plan = sealPlan(FIXED, apparatus);
    expect(plan).toMatchObject({
      format: 1,
      engine: apparatus.engine,
      dataset: apparatus.dataset.identity,
      ...{ seed: 5, rounds: 3, settings: { batchSize: 25 } },
      comparisons: [{ a: "quick", b: "mlp:epochs=3" }],
    });
    const [quick, mlp] = plan.architectures;
    const job = (seed: number) =>
      makeJob(
        "mlp",
        seed,
        {
          ...apparatus.dataset.identity,
          shape: { height: 14, width: 14, channels: 1, classes: 10 },
        },
        apparatus.engine,
        { epochs: 3, batchSize: 25, trainPairs: 1000, testPairs: 1000 },
      );
    const { dataset: _, engine: __, ...config } = job(5).config;
    expect(mlp?.config).toEqual(JSON.parse(JSON.stringify(config)));
    expect(mlp?.runs).toEqual([5, 6, 7].map((seed) => job(seed).id));
    expect(quick?.config).toMatchObject({ batchSize: 25, epochs: 1 });
    expect(plan.words).toEqual([
      "Is the first of two handwritten digits less than or equal to the second?",
      "quick and mlp:epochs=3 are compared.",
      "There are 3 rounds, seeds 5 to 7: 6 runs.",
    ]);
  });

  test("says what is tested, and what stops the rounds", () => {
    const options = { ...ADDED, architectures: ["quick", "mlp", "best"] };
    const plan = sealPlan({ ...options, baseline: true }, apparatus);
    expect(plan).toMatchObject({ until: { margin: 0.01 }, baseline: "quick", rounds: 9 });
    expect(plan.comparisons).toEqual([
      { a: "quick", b: "mlp" },
      { a: "quick", b: "best" },
    ]);
    expect(plan.words.slice(1)).toEqual([
      "quick, mlp and best are compared, each with quick: 2 differences, tested together.",
      "Rounds are added from seed 0 on, 6 at least and 9 at most (27 runs), until each difference is shown, or shown to be below 1.0 points.",
    ]);
    expect(sealPlan(options, apparatus).comparisons).toHaveLength(3);
  });

  test("does not know what a search will find", () => {
    const options = { architectures: ["mlp"], rounds: 2, seed: 0, optimizers: ["adam", "sgd"] } as const;
    expect(() => sealPlan(options, apparatus)).toThrow(/^--optimizers finds settings by training/);
    const plan = sealPlan(FIXED, apparatus);
    expect(() => compare.plan({ ...options, sealedPlan: plan })).toThrow(InvalidRequest);
  });

  test("does not depend on the number of workers, nor on the folder of a list's pictures", () => {
    const identity = { ...apparatus.dataset.identity, asked: { images: "/home/me", fit: "pad" as const } };
    const asked = sealPlan(FIXED, { ...apparatus, dataset: { ...apparatus.dataset, identity } });
    expect(asked.dataset.asked).toEqual({ fit: "pad" });
    expect(sealPlan(FIXED, { ...apparatus, workers: 7 })).toEqual(sealPlan(FIXED, apparatus));
  });
});

describe("a plan's hash", () => {
  const plan = sealPlan(FIXED, apparatus);

  test("is that of everything else, as anybody can compute it", () => {
    const { sha256, ...rest } = plan;
    const inOrder = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(inOrder)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.keys(value)
                .sort()
                .map((name) => [name, inOrder((value as Record<string, unknown>)[name])]),
            )
          : value;
    expect(sha256).toBe(
      createHash("sha256")
        .update(JSON.stringify(inOrder(rest)))
        .digest("hex"),
    );
  });

  test("stays with another order of fields and another layout", () => {
    expect(readPlan(planText(plan))).toEqual(plan);
    const turned = Object.fromEntries(Object.entries(plan).toReversed());
    expect(readPlan(JSON.stringify(turned))).toEqual(plan);
    expect(readPlan(JSON.stringify(turned, null, 7))).toEqual(plan);
  });

  test.each([
    ["a seed", (text: string) => text.replace('"seed": 5', '"seed": 6')],
    ["a setting", (text: string) => text.replace('"epochs": 3', '"epochs": 4')],
    ["a word", (text: string) => text.replace("3 rounds", "4 rounds")],
    ["a field more", (text: string) => text.replace('"seed"', '"note": "", "seed"')],
    ["a run", (text: string) => text.replace(plan.architectures[0]?.runs[1] as string, "0".repeat(16))],
  ])("does not fit where somebody has changed %s", (_, edit) => {
    expect(edit(planText(plan))).not.toBe(planText(plan));
    expect(() => readPlan(edit(planText(plan)))).toThrow(/^the plan was changed after it was sealed: /);
  });
});

test.each<[string, (text: string) => unknown, RegExp]>([
  ["nothing", () => "", /^the plan is not JSON \(line 1, column 1\)/],
  ["a half", (text) => text.slice(0, 200), /^the plan is not JSON/],
  ["a number", () => "3", /^the plan must be an object, not 3/],
  ["a list", () => "[]", /^the plan must be an object, not an array of 0/],
  ["null", () => "null", /^the plan must be an object, not null/],
  ["another document", () => '{"rounds":3}', /^the plan's format is missing: it must be 1/],
  ["a later format", (text) => text.replace('"format": 1', '"format": 2'), /^the plan's format must be 1, .* not 2/],
  ["a name twice", (text) => text.replace('"seed"', '"seed": 1, "seed"'), /^the plan has a name twice/],
  ["depth", () => "[".repeat(100_000), /^the plan is nested deeper than 64 levels/],
  ["no hash", () => '{"format":1}', /^the plan's sha256 is missing: it must be 64 hexadecimal digits/],
  ["no text", () => 3, /^the plan's text must be a text, not 3/],
])("%s is no plan: one line", (_, given, says) => {
  const text = planText(sealPlan(FIXED, apparatus));
  expect(() => readPlan(given(text) as string)).toThrow(says);
  expect(() => readPlan(given(text) as string)).not.toThrow(/\n/);
});

test.each<[string, Edit, RegExp]>([
  ["no rounds", (copy) => Object.assign(copy, { rounds: 0 }), /^the plan.rounds must be a whole number from 1/],
  ["no architectures", (copy) => Reflect.deleteProperty(copy, "architectures"), /^the plan.architectures is missing/],
  ["a run that is none", (copy) => copy.architectures[0].runs.push("x"), /runs\[3\] must be 16/],
  ["a field that nobody knows", (copy) => Object.assign(copy, { note: "" }), /^the plan: there is no field "note"/],
])("a plan with the right hash and %s is refused in one line", (_, change, says) => {
  const plan = resealed(sealPlan(FIXED, apparatus), change);
  expect(() => readPlan(planText(plan))).toThrow(says);
});

describe("what is carried out", () => {
  const plan = readPlan(planText(sealPlan(FIXED, apparatus)));

  test("is what was planned, and says so", async () => {
    const result = await carriedOut(plannedOptions(plan));
    const { sealedPlan, ...others } = result;
    expect(sealedPlan).toEqual({ sha256: plan.sha256 });
    expect(others).toEqual(await carriedOut(FIXED));
    expect(deviationsFromPlan(result, plan)).toEqual([]);
  });

  test.each<[string, Edit, RegExp]>([
    [
      "another default",
      (copy) => Object.assign(copy.architectures[1].config, { learningRate: 0.5 }),
      /^mlp:epochs=3.learningRate is 0.5 in the plan, and would be 0.\d+ now: /,
    ],
    [
      "another layer",
      (copy) => copy.architectures[0].config.network.trunk.pop(),
      /^quick.network.trunk.\d+ is missing in the plan, and would be \{/,
    ],
    [
      "another version",
      (copy) => Object.assign(copy.engine, { version: "0.0.9" }),
      /^the plan was sealed by pairlab 0.0.9, .* and this is 0.1.0/,
    ],
    [
      "other kernels",
      (copy) => Object.assign(copy.engine, { kernels: "0".repeat(64) }),
      /kernels 0000000000000000…, and this is 0.1.0, base kernels 7d7d/,
    ],
    [
      "other images",
      (copy) => Object.assign(copy.dataset, { sha256: "0".repeat(64) }),
      /^the plan is of MNIST, SHA-256 0000000000000000…, and these images are MNIST, 5e5e/,
    ],
    [
      "another run",
      (copy) => copy.architectures[0].runs.splice(2, 1, "0".repeat(16)),
      /^architectures.0.runs.2 is "0000000000000000" in the plan/,
    ],
    ["other tests", (copy) => copy.comparisons.pop(), /^comparisons.0 is missing in the plan/],
    [
      "other words",
      (copy) => copy.words.splice(2, 1, "There are 30 rounds."),
      /^words.2 is "There are 30 rounds." in the plan/,
    ],
    [
      "an unknown setting",
      (copy) => Object.assign(copy.settings, { epoch: 3 }),
      /there is no setting "epoch": did you mean epochs/,
    ],
    [
      "an unknown network",
      (copy) => Object.assign(copy.architectures[0], { architecture: "mpl" }),
      /unknown architecture "mpl"/,
    ],
  ])("is nothing where there is %s", async (_, change, says) => {
    const trained: unknown[] = [];
    const other = readPlan(planText(resealed(plan, change)));
    const running = Promise.resolve().then(() =>
      runExperiment(compare, plannedOptions(other), apparatus, async (step) => {
        trained.push(step);
        return step.jobs.map(recordOf);
      }),
    );
    await expect(running).rejects.toThrow(InvalidRequest);
    await expect(running).rejects.toThrow(says);
    expect(trained).toEqual([]);
  });

  test("may have images of another name", async () => {
    const identity = { ...apparatus.dataset.identity, name: "digits" };
    const { sealedPlan } = await carriedOut(plannedOptions(plan), {
      ...apparatus,
      dataset: { ...apparatus.dataset, identity },
    });
    expect(sealedPlan).toEqual({ sha256: plan.sha256 });
  });
});

describe("a comparison is set against its plan", async () => {
  const plan = sealPlan(ADDED, apparatus);
  const result = await carriedOut(plannedOptions(plan));
  const fixedPlan = sealPlan(FIXED, apparatus);
  const fixed = await carriedOut(plannedOptions(fixedPlan));
  const changed = (of: ReportedComparison, change: Edit): ReportedComparison => {
    const copy = JSON.parse(stringifyJson(of));
    change(copy);
    return copy;
  };
  /** The first rounds of a comparison. */
  const cut =
    (rounds: number): Edit =>
    (copy) => {
      copy.rounds = rounds;
      for (const row of copy.architectures) row.runs.length = rounds;
    };

  test("which stopped where the rule stops it", () => {
    expect(result.rounds).toBe(7);
    expect(deviationsFromPlan(result, plan)).toEqual([]);
    expect(
      deviationsFromPlan(
        changed(result, () => {}),
        plan,
      ),
    ).toEqual([]);
  });

  test.each<[string, () => string[], RegExp]>([
    [
      "a run is missing",
      () =>
        deviationsFromPlan(
          changed(result, (copy) => copy.architectures[1].runs.pop()),
          plan,
        ),
      new RegExp(`^mlp lacks the planned run ${plan.architectures[1]?.runs[6]}$`),
    ],
    [
      "a run is another's",
      () =>
        deviationsFromPlan(
          changed(result, (copy) => copy.architectures[0].runs.push({ id: "f".repeat(16), testError: 0 })),
          plan,
        ),
      /^quick has run f{16}, which the plan does not have in these rounds$/,
    ],
    [
      "a run stands there twice",
      () =>
        deviationsFromPlan(
          changed(result, (copy) => copy.architectures[0].runs.push(copy.architectures[0].runs[0])),
          plan,
        ),
      /^quick has a run twice$/,
    ],
    [
      "it stopped early",
      () => deviationsFromPlan(changed(result, cut(6)), plan),
      /^it has 6 rounds, and a difference is still open: by the plan it goes on up to 9$/,
    ],
    [
      "there are fewer rounds",
      () => deviationsFromPlan(changed(fixed, cut(2)), fixedPlan),
      /^it has 2 rounds, and 3 were planned$/,
    ],
    [
      "a test is left out",
      () =>
        deviationsFromPlan(
          changed(fixed, (copy) => copy.differences.pop()),
          fixedPlan,
        ),
      /^tested pairs are none, and planned were quick and mlp:epochs=3$/,
    ],
    [
      "a network is left out",
      () =>
        deviationsFromPlan(
          changed(fixed, (copy) => copy.architectures.pop()),
          fixedPlan,
        ),
      /^quick are compared, and planned were quick, mlp:epochs=3$/,
    ],
    [
      "it is of another plan",
      () => deviationsFromPlan(fixed, plan),
      new RegExp(`^the comparison is of plan ${fixedPlan.sha256}, not of ${plan.sha256}$`),
    ],
  ])("and %s", (_, deviations, says) => {
    const found = deviations();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(says);
  });

  test("and it went on after it was decided", async () => {
    const { until: _, ...options } = ADDED;
    const { differences, architectures } = await carriedOut(options);
    const late = { ...result, differences, architectures, rounds: 9 };
    expect(deviationsFromPlan(late, plan)).toEqual([
      "it has 9 rounds, and by the plan it stops before: no difference was open",
    ]);
  });

  test("and is none", () => {
    expect(() => deviationsFromPlan({} as ReportedComparison, plan)).toThrow(InvalidRequest);
  });
});
