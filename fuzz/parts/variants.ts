import { parseVariant } from "../../src/node/cli/variants.js";
import { mutateText } from "../mutate.js";
import { plainNumber, plainWhole } from "../numbers.js";
import { attempt, decode, encode, type Part, require, same } from "../part.js";
import type { Random } from "../random.js";
import { ARCHITECTURES, isInside, RANGES, setting } from "../settings.js";

/** What `compare` compares: "best:augmentation=none,partners=1". */
export const variantsPart: Part = {
  name: "variants",
  weight: 1,
  open: async () => ({
    make: (random) => encode(random.chance(0.4) ? mutateText(random, variant(random)) : variant(random)),
    check(input) {
      const text = decode(input);
      const read = attempt(() => parseVariant(text));
      if (!read) return "refused";
      for (const part of text.slice(text.indexOf(":") + 1).split(",")) {
        const [option = "", value = ""] = part.split("=").map((each) => each.trim());
        const range = RANGES[option];
        if (!range || !text.includes(":")) continue;
        const due = range.whole ? plainWhole(value) : plainNumber(value);
        require(isInside(range, due), `${option} is taken as ${value}`);
        const name =
          option === "pairs" ? "trainPairs" : option.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
        require(read.settings[name] === due, `${option} of ${value} is ${read.settings[name]}`);
      }
      require(same(parseVariant(read.name), read), "another variant when its name is read again");
      return "accepted";
    },
  }),
};

function variant(random: Random): string {
  const architecture = random.pick(ARCHITECTURES);
  if (random.chance(0.1)) return architecture;
  const parts = random.several(0, 4, () =>
    random.chance(0.1)
      ? random.pick(["nesterov", "nesterov=true", "nesterov=no", "seed=1"])
      : setting(random).join("="),
  );
  return `${architecture}:${parts.join(random.pick([",", ", ", " ,"]))}`;
}
