import { findArchitecture } from "../../src/core/architectures/index.js";
import { formatAddress, LONGEST, readAddress } from "../../src/web/address/address.js";
import { mutateText, numberText } from "../mutate.js";
import { plainNumber, plainWhole } from "../numbers.js";
import { decode, encode, type Part, require, requireLine, same } from "../part.js";
import type { Random } from "../random.js";
import { ownNetworks } from "./own-networks.js";

const NETWORKS = [
  "mlp",
  "one-by-one",
  "best",
  "trunk+sharing",
  "trunk%2Bsharing",
  "mpl",
  "",
  "trunk+rule",
  "a",
  "mine",
  "yours",
];
const NUMBERS = [
  "seed",
  "rounds",
  "epochs",
  "pairs",
  "pair",
  "at",
  "dropout",
  "learning-rate",
  "batch-size",
  "auxiliary-weight",
];
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  optimizer: ["adam", "sgd", "adamm", "__proto__"],
  run: ["0123456789abcdef", "", "../x"],
  hint: ["auxiliary-loss", "auxiliary loss", ""],
  hide: ["settings", "runs,settings", "own,,others", "", "all", "__proto__"],
  tour: ["1", "6", "0", "7", "one"],
  nothing: ["1"],
};

/** What comes behind the page's #. */
export const addressPart: Part = {
  name: "page address",
  weight: 1,
  open: async () => ({
    make: (random) => encode(random.chance(0.4) ? mutateText(random, address(random)) : address(random)),
    check(input) {
      const hash = decode(input);
      const { address, problems } = readAddress(hash);
      for (const problem of problems) requireLine(problem);
      require(problems.length <= 11, `${problems.length} problems`);
      for (const name of address.networks) findArchitecture(name);
      for (const own of address.own) {
        require(address.networks.includes(own.name), "a network that is not chosen");
        const { trunk, head } = findArchitecture(own.name);
        require(same([trunk, head], [own.trunk ?? [], own.head ?? []]), "another network");
      }
      const { epochs, batchSize, trainPairs, learningRate, dropout, auxiliaryWeight } = address.settings;
      const given = new URLSearchParams(
        hash
          .slice(hash.indexOf("?") + 1)
          .split("?")[0]
          ?.replaceAll("+", "%2B"),
      );
      const texts = { epochs, "batch-size": batchSize, pairs: trainPairs };
      for (const [name, value] of Object.entries(texts))
        require(value === undefined || plainWhole(given.get(name) ?? "") === value, `${name} is ${value}`);
      const parts = { "learning-rate": learningRate, dropout, "auxiliary-weight": auxiliaryWeight };
      for (const [name, value] of Object.entries(parts))
        require(value === undefined || plainNumber(given.get(name) ?? "") === value, `${name} is ${value}`);
      const written = formatAddress(address);
      require(written.length <= LONGEST, `an address of ${written.length} characters`);
      // Its networks are known here in any case: those that it has no room for too.
      const again = readAddress(written);
      require(again.problems.length === 0 && same(again.address, address), "another address when it is written again");
      return problems.length === 0 ? "accepted" : "refused";
    },
  }),
};

function address(random: Random): string {
  const view = random.chance(0.9) ? random.pick(["train", "worth", "inside", "draw", "runs", ""]) : "nowhere";
  const parts = random.several(0, 4, () => {
    const name = random.chance(0.8) ? random.pick(NUMBERS) : random.pick(Object.keys(OTHERS));
    const value = OTHERS[name] ? random.pick(OTHERS[name]) : numberText(random);
    return `${name}=${random.chance(0.2) ? encodeURIComponent(value) : value}`;
  });
  const most = random.chance(0.02) ? 3000 : 4;
  if (random.chance(0.7))
    parts.push(
      `networks=${random.several(0, most, () => random.pick(random.chance(0.7) ? [...NETWORKS.slice(0, 5), "mine"] : NETWORKS)).join(",")}`,
    );
  if (random.chance(0.2)) {
    const written = ownNetworks(random);
    parts.push(`own=${random.chance(0.7) ? encodeURIComponent(written) : written}`);
  }
  return `#/${view}?${parts.join("&")}`;
}
