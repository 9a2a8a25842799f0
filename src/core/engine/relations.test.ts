import { describe, expect, it } from "vitest";
import { expectReference } from "../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, tensorsOf } from "../../../test/support/models.js";
import { at, reference } from "../../../test/support/reference.js";
import { type RelationName, relationNamed } from "../data/relations.js";
import { convolution, flatten, type InputSpec, linear, ordinal, relu, softmax } from "../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 5 };
const pairs = randomPairs(images, 60);
const few = randomPairs(images, 4);
const trunk = [convolution(3, 2), relu(), flatten(), linear(5)];
/** What the classes stand for. */
const values = [3, 0, 4, 7, 2];

/** Every relation, of classes as written out here. */
const EVERY: readonly [RelationName, (first: number, second: number) => boolean][] = [
  ["less-or-equal", (a, b) => a <= b],
  ["less", (a, b) => a < b],
  ["equal", (a, b) => a === b],
  ["same-parity", (a, b) => a % 2 === b % 2],
  ["sum-at-least-6", (a, b) => a + b >= 6],
  ["distance-at-most-1", (a, b) => a === b || a === b + 1 || b === a + 1],
];

const valued = (holds: (a: number, b: number) => boolean) => (first: number, second: number) =>
  holds(at(values, first), at(values, second));

const TABLE = ["01100", "10010", "00111", "11000", "01010"];

describe.each([
  ...EVERY.map(([name, holds]) => ({ name: `${name}`, relation: relationNamed(name, { count: 5 }), holds })),
  ...EVERY.map(([name, holds]) => ({
    name: `${name} of values`,
    relation: relationNamed(name, { values, count: 5 }),
    holds: valued(holds),
  })),
  {
    name: "a table",
    relation: relationNamed(`table:${TABLE.join("/")}`, { count: 5 }),
    holds: (first: number, second: number) => TABLE[first]?.[second] === "1",
  },
])("$name", ({ relation, holds }) => {
  const likeliest = (logits: Float64Array) => logits.indexOf(Math.max(...logits));

  it("is the rule of a network without a head", () => {
    const model = randomModel({ trunk, head: [], auxiliaryWeight: 0.5 }, images, { relation });
    const { digits = [] } = reference(model.network, tensorsOf(model), pairs, false);
    const said = Array.from(pairs.targets, (_, i) =>
      Number(holds(likeliest(at(digits, 2 * i)), likeliest(at(digits, 2 * i + 1)))),
    );
    const wrong = said.filter((each, i) => each !== pairs.targets[i]).length;
    expect(model.evaluate(loadUnscaled(model, pairs)).errors).toBe(wrong);
  });

  it("is what beliefs are compared by", () => {
    const model = randomModel({ trunk, head: [softmax(2), ordinal()], auxiliaryWeight: 0.5 }, images, { relation });
    expectReference(model, few, undefined, holds);
  });
});
