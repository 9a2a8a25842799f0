import { expect, test } from "vitest";
import { architectures, findArchitecture, trunkArchitectures } from "../../architectures/index.js";
import { placeOf } from "../../settings/domain.js";
import { MOST_DIMENSIONS } from "../tune/halton.js";
import { DIMENSIONS } from "./dimensions.js";
import { defaultSpace, parseSpace, type SearchSpace, settingsAt, trialOverrides } from "./space.js";

const networkOf = (name: string, fixed = {}) => ({ architecture: findArchitecture(name), fixed });
const auxiliary = networkOf("weight-sharing-auxiliary");
const optionsOf = (space: SearchSpace) => space.map(({ dimension }) => dimension.option);

test("what an architecture has is searched, around its own", () => {
  expect(optionsOf(defaultSpace(auxiliary))).toEqual(
    expect.arrayContaining(["learning-rate", "batch-size", "dropout", "auxiliary-weight"]),
  );
  expect(optionsOf(defaultSpace(networkOf("mlp")))).not.toContain("dropout");
  expect(optionsOf(defaultSpace(networkOf("mlp")))).not.toContain("auxiliary-weight");
  expect(defaultSpace(auxiliary)[0]?.domain).toEqual({ kind: "range", low: 0.0003, high: 0.03, scale: "log" });
});

test("a weight of the only loss is not searched: its scale is not felt", () => {
  expect(optionsOf(defaultSpace(networkOf("one-by-one")))).not.toContain("auxiliary-weight");
  expect(() => parseSpace("auxiliary-weight", networkOf("one-by-one"))).toThrow("one-by-one has no other loss");
});

test("an optimizer brings its own: momentum of sgd, weight decay where it is decoupled", () => {
  const spaceOf = (optimizer: string) => defaultSpace(networkOf("weight-sharing-auxiliary", { optimizer }));
  expect(optionsOf(spaceOf("sgd"))).toContain("momentum");
  expect(optionsOf(spaceOf("adam"))).not.toContain("momentum");
  expect(() => parseSpace("momentum", auxiliary)).toThrow("weight-sharing-auxiliary is trained by adam");
  const decay = (optimizer: string) => {
    const searched = spaceOf(optimizer).find(({ dimension }) => dimension.option === "weight-decay");
    const own = searched?.dimension.own(networkOf("weight-sharing-auxiliary", { optimizer }));
    return { own, domain: searched?.domain };
  };
  expect(decay("adam")).toEqual({ own: 0, domain: { kind: "range", low: 1e-6, high: 1e-2, scale: "log" } });
  expect(decay("adamw")).toEqual({ own: 0.01, domain: { kind: "range", low: 1e-3, high: 1, scale: "log" } });
  expect(decay("muon")).toEqual(decay("adamw"));
  const momentum = spaceOf("muon").find(({ dimension }) => dimension.option === "momentum");
  expect(momentum?.dimension.own(networkOf("weight-sharing-auxiliary", { optimizer: "muon" }))).toBe(0.95);
  // SGD feels the scale of the only loss.
  expect(optionsOf(defaultSpace(networkOf("one-by-one", { optimizer: "sgd" })))).toContain("auxiliary-weight");
  expect(optionsOf(parseSpace("optimizer=adam/lion,schedule", auxiliary))).toEqual(["optimizer", "schedule"]);
  expect(() => parseSpace("optimizer=adam/magic", auxiliary)).toThrow(/each one of adam, adamw, sgd/);
});

test("a run with the network's own settings changes nothing, and so is the same as any other", () => {
  expect(trialOverrides(auxiliary, { learningRate: 0.003, weightDecay: 0, dropout: 0.2 })).toEqual({ dropout: 0.2 });
  const fixed = networkOf("weight-sharing-auxiliary", { epochs: 3 });
  expect(trialOverrides(fixed, { learningRate: 0.01 })).toEqual({ epochs: 3, learningRate: 0.01 });
  // Without weight decay AdamW has a default of its own.
  expect(trialOverrides(auxiliary, { optimizer: "adamw", weightDecay: 0 })).toEqual({
    optimizer: "adamw",
    weightDecay: 0,
  });
});

test("what is held fixed is not searched", () => {
  const fixed = networkOf("weight-sharing-auxiliary", { dropout: 0.2 });
  expect(optionsOf(defaultSpace(fixed))).not.toContain("dropout");
  expect(() => parseSpace("dropout", fixed)).toThrow(/^--over searches dropout, but --dropout holds it fixed/);
});

test("every architecture's space holds its own settings, and has bases enough", () => {
  expect(DIMENSIONS.length).toBeLessThanOrEqual(MOST_DIMENSIONS);
  for (const { name } of [...architectures, ...trunkArchitectures])
    for (const { dimension, domain } of defaultSpace(networkOf(name)).slice(0, 1))
      expect(placeOf(domain, dimension.own(networkOf(name)))).toBeCloseTo(0.5, 10);
});

test("ranges and values as the user writes them, in the table's order", () => {
  const space = parseSpace("dropout=0..0.7, batch-size=25/100,learning-rate=1e-4..1e-1", auxiliary);
  expect(space.map(({ dimension, domain }) => [dimension.option, domain])).toEqual([
    ["learning-rate", { kind: "range", low: 0.0001, high: 0.1, scale: "log" }],
    ["batch-size", { kind: "choices", values: [25, 100] }],
    ["dropout", { kind: "range", low: 0, high: 0.7, scale: "linear" }],
  ]);
  expect(parseSpace("batch-size=10..400", auxiliary)[0]?.domain).toEqual({
    kind: "range",
    low: 10,
    high: 400,
    scale: "log",
    whole: true,
  });
  expect(settingsAt(space, [0.5, 0.9, 0])).toEqual({ learningRate: 0.0032, batchSize: 100, dropout: 0 });
});

test.each([
  ["", /"" does not name a setting .* there are learning-rate, batch-size, dropout/],
  ["speed=1..2", /"speed=1..2" does not name a setting/],
  ["learning-rate,learning-rate=1e-4..1e-2", /names learning-rate twice/],
  ["learning-rate=fast", /"learning-rate=fast" cannot be searched/],
  ["learning-rate=0.1..0.01", /cannot be searched: learning-rate takes a range low\.\.high/],
  ["learning-rate=0..0.1", /each a number above 0 and at most 100, such as learning-rate=0.0003\.\.0.03/],
  ["learning-rate=0.1..0.1", /cannot be searched/],
  ["learning-rate=1..2..3", /cannot be searched/],
  ["learning-rate=1=2", /cannot be searched/],
  ["learning-rate=", /cannot be searched/],
  ["dropout=0..1", /a number at least 0 and below 1/],
  ["dropout=0.5", /cannot be searched/],
  ["dropout=0.5/0.5", /cannot be searched/],
  ["batch-size=12.5/25", /each a whole number from 1 to 10000, such as batch-size=25\/50/],
  ["dropout=NaN..0.5", /cannot be searched/],
])("%j is refused in one line", (text, message) => {
  expect(() => parseSpace(text, auxiliary)).toThrow(message);
  expect(() => parseSpace(text, auxiliary)).toThrow(/^[^\n]*$/);
});

test("what a network does not have cannot be searched", () => {
  expect(() => parseSpace("dropout", networkOf("mlp"))).toThrow(
    "--over: there is no dropout to search: mlp has no dropout layer",
  );
});
