import fc from "fast-check";
import { expect, it } from "vitest";
import { flatten } from "./flat.js";

it("names each value by its path, elements of arrays by their number", () => {
  const layers = [{ kind: "relu" }, { kind: "linear", features: 10 }];
  expect([...flatten({ epochs: 3, network: { trunk: layers, head: [] }, name: null })]).toEqual([
    ["epochs", 3],
    ["network.trunk.0.kind", "relu"],
    ["network.trunk.1.kind", "linear"],
    ["network.trunk.1.features", 10],
    ["name", null],
  ]);
});

it("gives at each path what is there", () => {
  const name = fc.stringMatching(/^[a-z]{1,3}$/);
  const data = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      fc.integer(),
      fc.string(),
      fc.dictionary(name, tie("tree")),
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
  })).tree;
  fc.assert(
    fc.property(fc.dictionary(name, data), (tree) => {
      for (const [path, leaf] of flatten(tree)) {
        const found = path.split(".").reduce<unknown>((at, key) => Object(at)[key], tree);
        expect(found).toBe(leaf);
      }
    }),
  );
});
