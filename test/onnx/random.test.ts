import { networksPart } from "../../fuzz/parts/networks.js";
import { Random } from "../../fuzz/random.js";
import type { Network } from "../../src/core/network/index.js";
import { layersOf, parameterCount } from "../../src/core/network/network.js";
import { placeNetwork } from "../../src/core/network/place-network.js";
import { randomCase } from "./cases.js";
import { testCases } from "./expectations.js";

const INPUT = { height: 4, width: 4, channels: 1, classes: 10 };
const COUNT = 100;
const MOST_PARAMETERS = 5000;
/** Where the numbers that go in are chosen without care, these make much of what rounding left of them. */
const TOUCHY = new Set(["group-norm", "ordinal"]);

/** Networks that nobody would think of: layers in any order, on features, maps and maps of one pixel. */
async function networks(): Promise<Network[]> {
  const part = await networksPart.open("");
  const found: Network[] = [];
  for (let index = 0; found.length < COUNT; index++) {
    const text = new TextDecoder().decode(part.make(new Random(0, "onnx", index)));
    const network: Network = JSON.parse(text);
    if (!/1e[+-]?30/.test(text) && isTried(network)) found.push(network);
  }
  return found;
}

function isTried(network: Network): boolean {
  try {
    const placed = placeNetwork(network, INPUT);
    const layers = layersOf(placed);
    return (
      layers.length > 3 &&
      parameterCount(placed) < MOST_PARAMETERS &&
      !layers.some(({ layer }) => TOUCHY.has(layer.kind))
    );
  } catch {
    return false;
  }
}

const all = await networks();

testCases(
  "networks at random",
  all.map((_, i) => `${i}`),
  (name) => randomCase(name, "mlp", { network: all[Number(name)] as Network, dataset: { shape: INPUT } }),
);
