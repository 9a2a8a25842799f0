import { expect, test } from "vitest";
import { findArchitecture, flatten, linear, type OwnArchitecture, ownArchitectures } from "../../core/index.js";
import { useConfig } from "../../core/project-config.js";
import { addNetworks, configFile, exampleText, ownOf, parseNetworks, written } from "./networks.js";

const network: OwnArchitecture = { name: "mine", title: "my own", head: [flatten(), linear(2)], epochs: 3 };
const parse = (value: unknown) => parseNetworks(JSON.stringify(value), "it");

test("one network, an array of them, and a configuration are read", () => {
  expect(parse(network)).toEqual({ architectures: [network], isOne: true, beside: [] });
  expect(parse([network])).toEqual({ architectures: [network], isOne: false, beside: [] });
  expect(parse({ architectures: [network], relation: "equal", defaults: {} })).toEqual({
    architectures: [network],
    isOne: false,
    beside: ["relation", "defaults"],
  });
});

test.each([
  ["", /^it is not JSON: see line 1, column 1$/],
  ['{\n"name" "mine"}', /^it is not JSON: see line 2, column 8$/],
  ['{"name": "mine",\n "name": "mine"}', /^it has a name twice: see line 2, column 2$/],
  ["[".repeat(200), /^it is nested deeper than 128 levels: see line 1, column 129$/],
  ["null", /^it must be a network, an array of networks, or a pairlab\.config\.json$/],
  ['{"architectures": [], "rounds": 3}', /^there is no field "rounds"/],
  [`"${"a".repeat(100_000)}"`, /^it has 100002 characters: the page reads 100000 at most$/],
])("%j is refused in a line", (text, line) => {
  expect(() => parseNetworks(text, "it")).toThrow(line);
});

test("the last network of a name is the one that is found, and one that is known stays the same object", () => {
  addNetworks([network]);
  const first = findArchitecture("mine");
  addNetworks(JSON.parse(JSON.stringify([written(first)])));
  expect(findArchitecture("mine")).toBe(first);
  addNetworks([{ ...network, epochs: 4 }]);
  expect(findArchitecture("mine").epochs).toBe(4);
  expect(() => addNetworks([{ ...network, epochs: 5 }, { name: "mlp" }])).toThrow(
    'architectures[1].name: pairlab has a network "mlp"',
  );
  expect(findArchitecture("mine").epochs).toBe(4);
  addNetworks([network]);
});

test("a network is written without what goes without saying, and reads as it was", () => {
  addNetworks([
    network,
    { name: "plain", trunk: [flatten(), linear(10)], epochs: 25, learningRate: 0.001, title: "plain" },
  ]);
  expect(ownOf(["mlp", "plain", "mine", "nobody"])).toEqual([
    { name: "plain", trunk: [flatten(), linear(10)] },
    network,
  ]);
  const before = ownArchitectures();
  useConfig(JSON.parse(configFile(ownOf(["mine", "plain"]))));
  expect(ownArchitectures()).toEqual(before);
});

test.each([true, false])("the example is a network, with classes to learn: %s", (learns) => {
  const [example] = parseNetworks(exampleText(learns), "it").architectures as [OwnArchitecture];
  addNetworks([example]);
  expect(findArchitecture("my-network")).toMatchObject({ title: "my network", epochs: 10 });
  expect(example.auxiliaryWeight).toBe(learns ? 0.5 : undefined);
});
