import { afterAll, describe, expect, test } from "vitest";
import { type Case, type Distance, distanceOf } from "./cases.js";
import { checked } from "./checker.js";
import { loadRuntime } from "./load-runtime.js";
import { answersOf } from "./runtime.js";

/** How far probabilities may be from pairlab's, and logits and features in units of the largest, where that is above 1. */
const MOST_APART = 1e-5;

/** How far logits may be from those in double precision, in units of the largest: 17 roundings of single precision. */
const MOST_ROUNDED = 2e-6;

/** For a machine that is busy with other things, in ms. */
export const PATIENCE = 300_000;

/** Tests that ONNX Runtime in Node.js answers as pairlab does, and that ONNX's checker accepts the graphs. */
export function testCases(title: string, names: readonly string[], make: (name: string) => Case | Promise<Case>): void {
  const models: Record<string, Uint8Array> = {};
  describe(title, { timeout: PATIENCE }, () => {
    const near = nearness(title);
    test.for(names.map((name) => [name]))("%s answers as in pairlab", async ([name = ""]) => {
      const found = await make(name);
      models[name] = found.model;
      const { first, second, shape } = found.asked;
      near(distanceOf(await answersOf(loadRuntime(), found.model, { first, second }, shape), found));
    });

    test("ONNX's checker accepts all", async () => {
      const files = Object.fromEntries(Object.values(models).map((model, i) => [`${i}`, model]));
      const found = Object.values(await checked(files)).map(({ complaint, unused }) => ({ complaint, unused }));
      expect(found).toEqual(names.map(() => ({ complaint: null, unused: [] })));
    });
  });
}

/** An expectation that answers are near to pairlab's. In the end it says how near they were. */
export function nearness(title: string): (distance: Distance) => void {
  const all: Distance[] = [];
  afterAll(() => {
    const most = (of: keyof Distance) => Math.max(...all.map((distance) => distance[of]));
    const within = (of: "logits" | "features" | "probability") => `within ${most(of).toExponential(1)}`;
    const upTo = (of: "largestLogit" | "largestFeature") => `up to ${most(of).toFixed(0)}`;
    const pairs = all.reduce((sum, { pairs }) => sum + pairs, 0);
    const exact = `from double precision: pairlab's logits up to ${most("oursFromExact").toExponential(1)}, the graphs' up to ${most("theirsFromExact").toExponential(1)}`;
    console.log(
      `${title}: ${all.length} networks, ${pairs} pairs, logits ${upTo("largestLogit")} ${within("logits")}, features ${upTo("largestFeature")} ${within("features")}, probabilities ${within("probability")}`,
    );
    if (most("oursFromExact") > 0) console.log(exact);
  });
  return (distance) => {
    all.push(distance);
    const { logits, features, largestLogit, largestFeature, probability, decisions } = distance;
    const { oursFromExact, theirsFromExact } = distance;
    expect(decisions).toBe(0);
    expect(logits, "logits").toBeLessThanOrEqual(MOST_APART * Math.max(1, largestLogit));
    expect(features, "features").toBeLessThanOrEqual(MOST_APART * Math.max(1, largestFeature));
    expect(probability, "probability").toBeLessThanOrEqual(MOST_APART);
    expect(oursFromExact, "pairlab's rounding").toBeLessThanOrEqual(MOST_ROUNDED * Math.max(1, largestLogit));
    expect(theirsFromExact, "the graph's rounding").toBeLessThanOrEqual(MOST_ROUNDED * Math.max(1, largestLogit));
  };
}
