import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { syntheticTuning } from "../../../../test/support/tuning.js";
import { domainTicks } from "../draw/ticks.js";
import { tuneSvg } from "../index.js";
import { trialMarks } from "./tune-data.js";

const { document } = parseHTML("<!doctype html><html></html>");

test("a tuning of four settings, as the report shows it", async () => {
  await expect(tuneSvg(syntheticTuning().tuning, document)).toMatchFileSnapshot("../snapshots/tune.svg");
});

test("one setting in one round, and own settings outside of what is searched: every coordinate is a number", () => {
  for (const over of ["learning-rate=0.01..0.1", "batch-size=100/200", "dropout=0..0.2"]) {
    const { tuning } = syntheticTuning({ rounds: 1, trials: 9, over });
    expect(tuneSvg(tuning, document)).not.toMatch(/NaN|Infinity|undefined/);
  }
});

test("axes name few round values of each scale", () => {
  const texts = (domain: Parameters<typeof domainTicks>[0]) => domainTicks(domain).map(({ text }) => text);
  expect(texts({ kind: "range", low: 0.0003, high: 0.03, scale: "log" })).toEqual([
    "0.0003",
    "0.001",
    "0.003",
    "0.01",
    "0.03",
  ]);
  expect(texts({ kind: "range", low: 1e-6, high: 0.1, scale: "log" }).length).toBeLessThanOrEqual(6);
  expect(texts({ kind: "range", low: 0, high: 0.7, scale: "linear" })).toEqual(["0", "0.2", "0.4", "0.6"]);
  expect(texts({ kind: "range", low: 0.5, high: 0.99, scale: "log of rest" })).toContain("0.9");
  expect(texts({ kind: "choices", values: [25, 50] })).toEqual(["25", "50"]);
});

test("every trial is a mark, the best one on top", () => {
  const { tuning } = syntheticTuning();
  for (const { setting, domain } of tuning.settings) {
    const marks = trialMarks(tuning, setting, domain);
    expect(marks).toHaveLength(24);
    expect(marks.at(-1)?.kind).toBe("best");
    expect(marks.filter(({ kind }) => kind === "own")).toHaveLength(1);
    for (const { x } of marks) expect(x >= -0.001 && x <= 1.001).toBe(true);
  }
});
