import { findArchitecture } from "../../src/core/architectures/index.js";
import { parseSpace } from "../../src/core/experiments/shared/space.js";
import { mutateText, numberText } from "../mutate.js";
import { plainNumber, plainWhole } from "../numbers.js";
import { attempt, decode, encode, type Part, require } from "../part.js";
import type { Random } from "../random.js";
import { CHOICES, RANGES } from "../settings.js";

/** What most networks have. */
const USUAL = ["learning-rate", "batch-size", "dropout", "weight-decay", "auxiliary-weight", "schedule"];

const NETWORKS = ["mlp", "weight-sharing-auxiliary", "one-by-one", "best"].map((name) => ({
  architecture: findArchitecture(name),
  fixed: {},
}));

/** What `tune` searches: "learning-rate=1e-4..1e-1,dropout,batch-size=25/50". */
export const overPart: Part = {
  name: "--over",
  weight: 1,
  open: async () => ({
    make: (random) => encode(random.chance(0.4) ? mutateText(random, space(random)) : space(random)),
    check(input) {
      const text = decode(input);
      let outcome: "accepted" | "refused" = "refused";
      for (const network of NETWORKS) {
        const read = attempt(() => parseSpace(text, network));
        if (!read) continue;
        outcome = "accepted";
        const asked = new Map(
          text.split(",").map((part): [string, string | undefined] => {
            const [option = "", values] = part.split("=").map((each) => each.trim());
            return [option, values];
          }),
        );
        require(asked.size === read.length, "another number of settings");
        for (const { dimension, domain } of read) {
          const values = asked.get(dimension.option);
          if (values === undefined) continue;
          const number = (each: string) =>
            RANGES[dimension.option]?.whole ? plainWhole(each.trim()) : plainNumber(each.trim());
          if (domain.kind === "range") {
            const [low, high] = values.split("..").map(number);
            require(low === domain.low &&
              high === domain.high &&
              domain.low < domain.high, `${values} is another range`);
          } else {
            const due = values
              .split("/")
              .map((each) => (typeof domain.values[0] === "number" ? number(each) : each.trim()));
            require(JSON.stringify(due) === JSON.stringify(domain.values), `${values} are other values`);
          }
        }
      }
      return outcome;
    },
  }),
};

function space(random: Random): string {
  const numbers = () => numberText(random);
  return random
    .several(1, 2, () => {
      const option = random.pick(
        random.chance(0.6) ? USUAL : [...Object.keys(RANGES), ...Object.keys(CHOICES), "nothing"],
      );
      if (random.chance(0.2)) return option;
      if (CHOICES[option])
        return `${option}=${random.several(1, 3, () => random.pick(CHOICES[option] ?? [])).join("/")}`;
      if (random.chance(0.5)) {
        const ends = [numbers(), numbers()];
        if (random.chance(0.9)) ends.sort((a, b) => Number(a) - Number(b));
        return `${option}=${ends.join("..")}`;
      }
      return `${option}=${random.several(1, 4, numbers).join("/")}`;
    })
    .join(random.pick([",", ", "]));
}
