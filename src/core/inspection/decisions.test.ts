import { describe, expect, test } from "vitest";
import { randomModel, randomPairs } from "../../../test/support/models.js";
import { findArchitecture } from "../architectures/index.js";
import { repaired } from "../data/pairs.js";
import { type InputSpec, linear, type Network } from "../network/index.js";
import { decisions, decisionsAmong } from "./decisions.js";

const DIGITS: InputSpec = { height: 14, width: 14, channels: 1, classes: 10 };
const COLOURS: InputSpec = { height: 16, width: 12, channels: 3, classes: 7 };
const { trunk } = findArchitecture("weight-sharing");

describe.each<[string, Network, InputSpec, "shifts"?]>([
  ["no trunk", findArchitecture("mlp"), DIGITS],
  ["a head behind a trunk", findArchitecture("weight-sharing"), DIGITS],
  ["digits and a head", findArchitecture("weight-sharing-auxiliary"), DIGITS],
  ["digits alone", findArchitecture("one-by-one"), DIGITS],
  ["views", findArchitecture("best"), DIGITS, "shifts"],
  ["members", findArchitecture("best-ensemble"), DIGITS],
  ["a head that compares", findArchitecture("matching"), COLOURS],
  ["a head that subtracts", findArchitecture("ranking"), COLOURS],
  ["separate trunks", { ...(trunk && { trunk }), head: [linear(2)], trunks: "separate" }, DIGITS],
])("decisions among images, with %s", (_, network, input, views) => {
  const pairs = randomPairs(input, 7);
  const trained = { model: randomModel(network, input, { ...(views && { views }) }), scale: { mean: 0, deviation: 1 } };

  test.each<[string, number[]]>([
    ["that meet often", [0, 3, 3, 0, 0, 0, 13, 3, 0, 13, 5, 0, 3, 5, 13, 13]],
    ["that are an even number", [4, 2, 2, 4]],
  ])("%s, are those on the pairs written out, to the bit", (_, places) => {
    const chosen = Uint32Array.from(places);
    const due = decisions(trained, repaired(pairs, chosen, trained.model.relation));
    expect(decisionsAmong(trained, pairs, chosen)).toEqual(due);
    expect(due.count).toBe(places.length / 2);
  });
});
