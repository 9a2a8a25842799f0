import { findArchitecture } from "../../src/core/architectures/index.js";
import { relationNamed } from "../../src/core/data/relations.js";
import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import { placeNetwork } from "../../src/core/network/place-network.js";
import { addNetworks, configFile, ownOf, parseNetworks } from "../../src/web/address/networks.js";
import { layoutNetwork } from "../../src/web/diagram/layout.js";
import { describeNetwork } from "../../src/web/diagram/words.js";
import { DIGITS } from "../../src/web/images/seen.js";
import { mutateText } from "../mutate.js";
import { attempt, decode, encode, type Part, require, same } from "../part.js";
import type { Random } from "../random.js";
import { network } from "./networks.js";

const NAMES = ["mine", "yours", "my-network", "mine"];
const WRONG_NAMES = ["mlp", "trunk", "Mine", "a b", "", "__proto__", "a".repeat(61)];

/** One network of somebody's own, as JSON has it. */
function own(random: Random) {
  return {
    name: random.pick(random.chance(0.95) ? NAMES : WRONG_NAMES),
    ...(random.chance(0.3) && { title: random.pick(["my own", "", "<b>", "a\nb", "__proto__"]) }),
    ...(random.chance(0.9) ? network(random) : {}),
    ...(random.chance(0.3) && { epochs: random.pick([1, 25, 0, "3"]) }),
    ...(random.chance(0.2) && { learningRate: random.pick([0.01, 0.001, -0, 1e300]) }),
    ...(random.chance(0.1) && { relation: "equal" }),
  };
}

/** Networks as JSON: one, several, or a configuration of them. */
export function ownNetworks(random: Random): string {
  const several = () => random.several(0, 2, () => own(random));
  const form = random.below(3);
  const value = form === 0 ? own(random) : form === 1 ? several() : { architectures: several(), relation: "less" };
  return JSON.stringify(value);
}

const isAdded = (given: Parameters<typeof addNetworks>[0]): boolean =>
  attempt(() => {
    addNetworks(given);
    return true;
  }) ?? false;

/** Networks that somebody types into the page, or gives it as a file. */
export const ownNetworksPart: Part = {
  name: "own networks",
  weight: 1,
  open: async () => ({
    make: (random) => encode(random.chance(0.3) ? mutateText(random, ownNetworks(random)) : ownNetworks(random)),
    check(input) {
      const text = decode(input);
      const given = attempt(() => parseNetworks(text, "the text"))?.architectures;
      if (!given || !isAdded(given)) return "refused";
      const names = given.map(({ name }) => name);
      for (const [i, { name, trunk = [], head = [] }] of given.entries()) {
        const found = findArchitecture(name);
        require(same([found.name, found.trunk, found.head], [given[i]?.name, trunk, head]), "another network");
        const placed = attempt(() => placeNetwork(found, DIGIT_PAIRS));
        if (!placed) continue;
        for (const detail of ["card", "full"] as const) {
          const { height, width } = layoutNetwork(placed, detail, relationNamed("equal"));
          require(Number.isFinite(height * width) && height > 0, `a drawing of ${width}×${height}`);
        }
        require(describeNetwork(placed, DIGITS).length > 0, "no words");
      }
      const written = configFile(ownOf(names));
      const before = names.map(findArchitecture);
      addNetworks(parseNetworks(written, "the file").architectures);
      require(same(
        JSON.stringify(names.map(findArchitecture)),
        JSON.stringify(before),
      ), "another network when it is written");
      return "accepted";
    },
  }),
};
