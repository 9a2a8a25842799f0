import { trunkArchitectures } from "../../architectures/index.js";
import { type DatasetIdentity, isMnist } from "../../training/job.js";

/** A hint that a network of the trunk family may have, by its name in the network's name. */
export const FACTORS = ["sharing", "auxiliary", "batch-norm", "dropout", "rule"] as const;
export type Factor = (typeof FACTORS)[number];

/** How a factor reads. */
interface Words {
  readonly title: string;
  /** In a figure's narrow column. */
  readonly short: string;
  /** As a sentence's subject. */
  readonly subject: string;
  /** Where it is there. */
  readonly where: string;
}

export const FACTOR_WORDS: Readonly<Record<Factor, Words>> = {
  sharing: {
    title: "weight sharing",
    short: "sharing",
    subject: "weight sharing",
    where: "where weights are shared",
  },
  auxiliary: {
    title: "auxiliary loss",
    short: "auxiliary",
    subject: "the auxiliary loss",
    where: "where there is an auxiliary loss",
  },
  "batch-norm": {
    title: "batch norm",
    short: "batch norm",
    subject: "batch norm",
    where: "where there is batch norm",
  },
  dropout: { title: "dropout", short: "dropout", subject: "dropout", where: "where there is dropout" },
  rule: {
    title: "comparison rule",
    short: "rule",
    subject: "the comparison rule in place of a learned head",
    where: "where the rule decides",
  },
};

/** Where a factor is there, in a sentence about some images. */
export const whereIs = (factor: Factor, dataset: Pick<DatasetIdentity, "name">): string =>
  factor === "rule" && isMnist(dataset) ? "where the rule compares the digits" : FACTOR_WORDS[factor].where;

/** Which hints a network has. */
export type FactorSettings = Readonly<Record<Factor, boolean>>;

/** One network of the experiment. */
export interface Cell {
  /** The architecture's. */
  readonly name: string;
  readonly factors: FactorSettings;
}

/**
 * The 24 networks: every combination of the factors, where the rule, which compares the digits that an auxiliary loss
 * teaches, needs that loss.
 */
export const cells: readonly Cell[] = trunkArchitectures.map(({ name }) => {
  const parts = name.split("+");
  const has = (factor: Factor) => parts.includes(factor);
  return {
    name,
    factors: {
      sharing: has("sharing"),
      auxiliary: has("auxiliary"),
      "batch-norm": has("batch-norm"),
      dropout: has("dropout"),
      rule: has("rule"),
    },
  };
});

/** A network's hints in words: "sharing, auxiliary, dropout", or "none". */
export function hintsOf(factors: FactorSettings): string {
  const present = FACTORS.filter((factor) => factors[factor]).map((factor) => FACTOR_WORDS[factor].short);
  return present.length > 0 ? present.join(", ") : "none";
}
