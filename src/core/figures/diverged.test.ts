import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { syntheticAblation } from "../../../test/support/ablation.js";
import { around, syntheticComparison } from "../../../test/support/comparison.js";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { syntheticTuning } from "../../../test/support/tuning.js";
import { syntheticWorth } from "../../../test/support/worth.js";
import type { ReproducedArchitecture } from "../experiments/reproduce/reproduction.js";
import { curvesOf } from "../experiments/shared/curves.js";
import { finishedOf } from "../experiments/shared/diverged.js";
import type { RunRecord } from "../index.js";
import {
  ablationCellsSvg,
  ablationEffectsSvg,
  compareDifferencesSvg,
  compareErrorsSvg,
  figureCaption,
  figureSvg,
  paretoSvg,
  testErrorSvg,
  tuneSvg,
  worthSvg,
} from "./index.js";

const { document } = parseHTML("<!doctype html><html></html>");

const NONE = new Array<number>(10).fill(Number.NaN);
const some = (errors: readonly number[]) =>
  errors.map((error, round) => (round === 2 || round === 6 ? Number.NaN : error));

/** Figures of experiments in which two rounds of a network diverged, all of one, and all of all. */
function figuresOf(which: "some" | "all of one" | "all"): Record<string, string> {
  const mlp = { some: some(around(187, 10)), "all of one": NONE, all: NONE }[which];
  const { comparison } = syntheticComparison({
    errors: { mlp, "one-by-one": which === "all" ? NONE : around(30, 10, 1) },
  });
  const lost = (mine: boolean, round: number) =>
    which === "all" || (mine && (which === "all of one" || round === 2 || round === 6));
  const { reproduction } = syntheticReproduction({
    rounds: 10,
    diverges: ({ architecture, seed }: RunRecord) => lost(architecture === "mlp", seed),
  });
  const { worth } = syntheticWorth({
    rounds: 10,
    diverges: ({ architecture, seed, config }: RunRecord) =>
      lost(architecture === "trunk+batch-norm+dropout" && (config.trainPairs === 1000 || which === "all of one"), seed),
  });
  const { ablation } = syntheticAblation({
    rounds: 10,
    diverges: ({ architecture, seed }: RunRecord) => lost(architecture === "trunk+sharing", seed),
  });
  return {
    errors: compareErrorsSvg(comparison, document),
    differences: compareDifferencesSvg(comparison, document),
    pareto: paretoSvg(comparison, document),
    "test errors": testErrorSvg(reproduction, document),
    worth: worthSvg(worth, document),
    effects: ablationEffectsSvg(ablation, document),
    cells: ablationCellsSvg(ablation, document),
  };
}

describe.each(["some", "all of one", "all"] as const)("where rounds diverged, %s of them", (which) => {
  test.each(Object.entries(figuresOf(which)))("%s says so, and every coordinate is a number", (_, svg) => {
    expect(svg).toMatch(/diverged/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test("curves are of the rounds that finished, and the caption says how many did not", () => {
  const { reproduction, records } = syntheticReproduction({ rounds: 10, diverges: ({ seed }) => seed < 4 });
  const finished = records.filter(({ architecture, seed }) => architecture === "mlp" && seed >= 4);
  const [mlp] = reproduction.architectures as [ReproducedArchitecture];
  expect(mlp.curves).toEqual(curvesOf(finished.map(({ epochs }) => epochs)));
  expect(figureCaption(mlp)).toMatch(/^4 of 10 rounds diverged; the curves are of the others\. The mean test loss/);
  expect(mlp.verdict).toBeNull();
  const none = syntheticReproduction({ rounds: 2, diverges: () => true }).reproduction.architectures[0];
  const svg = figureSvg(
    { ...(none as ReproducedArchitecture), runs: finishedOf(none?.runs ?? []) },
    { document, title: "MLP" },
  );
  expect(svg).toContain("no finite number");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("trials that diverged are crosses at the top, also the own settings", () => {
  const rates = (above: number) =>
    syntheticTuning({
      error: ({ learningRate = 0.003 }) => (learningRate > above ? Number.NaN : 100 + 2500 * learningRate),
    });
  for (const above of [0.01, 0.0025]) {
    const svg = tuneSvg(rates(above).tuning, document);
    expect(svg).toContain(">diverged</text>");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  }
});
