import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { InvalidRequest } from "../errors.js";
import { parseCondition, runsWhere } from "./conditions.js";

const { records } = syntheticReproduction({ rounds: 3 });
const where = (...texts: string[]) => runsWhere(records, texts.map(parseCondition));
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
};

describe("a condition", () => {
  it.each([
    ["epochs=3", { key: "epochs", operator: "=", value: "3" }],
    ["config.engine.simd != fused", { key: "engine.simd", operator: "!=", value: "fused" }],
    ["dropout<=0.5", { key: "dropout", operator: "<=", value: "0.5" }],
    ["seed>3", { key: "seed", operator: ">", value: "3" }],
    ["dataset.name=a=b", { key: "dataset.name", operator: "=", value: "a=b" }],
  ])("%s", (text, condition) => expect(parseCondition(text)).toEqual(condition));

  it.each(["epochs", "=3", "epochs=", "", "epochs!3"])("is not %j", (text) =>
    expect(refusal(() => parseCondition(text))).toBe(
      `"${text}" is not a condition: give KEY=VALUE, or != < <= > >= in place of =`,
    ),
  );

  it("on sizes needs a number", () => {
    expect(refusal(() => parseCondition("epochs<many"))).toMatch(
      /^"epochs<many" compares sizes, but "many" is not a number/,
    );
    expect(refusal(() => where("engine.simd<3"))).toMatch(/^engine\.simd is not a number/);
    expect(refusal(() => where("architecture>3"))).toMatch(/^architecture is not a number/);
  });
});

it.each(["0x19", "25 ", "2_5", "+25", "25.", "Infinity", "２５", "many"])(
  "epochs=%s is refused: it is not a number",
  (value) => {
    const right = value === "25 ";
    for (const sign of ["=", "!="])
      if (right) expect(where(`epochs=${value}`)).toHaveLength(records.length);
      else
        expect(refusal(() => where(`epochs${sign}${value}`))).toBe(
          `epochs is a number, but "${value}" is not: give one such as 25`,
        );
    if (!right) expect(refusal(() => where(`epochs>=${value}`))).toMatch(/is not a number: give one, or use = or !=$/);
  },
);

it("a long key is near to nothing, and is shortened", () => {
  expect(refusal(() => where(`${"a".repeat(100_000)}=1`))).toBe(
    `no run has "${"a".repeat(200)}…": pairlab runs show RUN --json has what a run has`,
  );
});

describe("runs that fulfil conditions", () => {
  it("are those of whose numbers they are true", () => {
    const operators = {
      "=": (a: number, b: number) => a === b,
      "!=": (a: number, b: number) => a !== b,
      "<": (a: number, b: number) => a < b,
      "<=": (a: number, b: number) => a <= b,
      ">": (a: number, b: number) => a > b,
      ">=": (a: number, b: number) => a >= b,
    };
    const operator = fc.constantFrom(...(Object.keys(operators) as (keyof typeof operators)[]));
    fc.assert(
      fc.property(operator, fc.integer({ min: -1, max: 3 }), (sign, value) => {
        expect(where(`seed${sign}${value}`)).toEqual(records.filter(({ seed }) => operators[sign](seed, value)));
      }),
    );
  });

  it("fulfil them all", () => {
    expect(where("learningRate=0.0020", "architecture=mlp", "seed!=1").map(({ seed }) => seed)).toEqual([0, 2]);
    expect(where("engine.simd=base", "evaluateOn=test")).toEqual(records);
    expect(where("engine.simd=fused")).toEqual([]);
    expect(where(`id=${records[4]?.id}`)).toEqual([records[4]]);
  });

  it("are none that lack the key, whatever the operator", () => {
    for (const operator of ["=", "!="])
      expect(where(`network.trunk.0.channels${operator}7`).map(({ architecture }) => architecture)).not.toContain(
        "mlp",
      );
    expect(where("network.trunk.0.channels=32").length).toBe(where("network.trunk.0.channels>0").length);
  });

  it("of a key that none has are refused, with the nearest", () => {
    expect(refusal(() => where("epoch=3"))).toBe('no run has "epoch": did you mean epochs?');
    expect(refusal(() => where("simd=base"))).toBe('no run has "simd": did you mean engine.simd?');
    expect(refusal(() => where("temperature=1"))).toBe(
      'no run has "temperature": pairlab runs show RUN --json has what a run has',
    );
    expect(refusal(() => where("network.auxilaryWeight>0"))).toMatch(/did you mean network\.auxiliaryWeight\?$/);
  });

  it("of no runs are none, whatever the key", () => {
    expect(runsWhere([], [parseCondition("anything=1")])).toEqual([]);
  });
});

it("runs that diverged are selected by that, true or false", () => {
  const [first, ...others] = records as [(typeof records)[0]];
  const runs = [{ ...first, diverged: { epoch: 1, step: 2, what: "loss" } } as const, ...others];
  const those = (text: string) => runsWhere(runs, [parseCondition(text)]);
  expect(those("diverged=true")).toEqual([runs[0]]);
  expect(those("diverged=false")).toEqual(others);
  expect(those("diverged!=true")).toEqual(others);
  for (const wrong of ["diverged>1", "diverged=maybe", "diverged=TRUE"])
    expect(refusal(() => those(wrong))).toMatch(/^diverged is true or false, not /);
});
