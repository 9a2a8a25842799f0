import { parseCondition, runsWhere } from "../../src/core/runs/conditions.js";
import type { RunSummary } from "../../src/core/training/run.js";
import { mutateText, NUMBER_TEXTS } from "../mutate.js";
import { plainNumber } from "../numbers.js";
import { attempt, decode, encode, type Part, require, same } from "../part.js";
import type { Random } from "../random.js";
import { realRuns } from "../runs.js";

const KEYS = [
  ...["epochs", "seed", "id", "architecture", "dropout", "learningRate", "engine.simd", "network.auxiliaryWeight"],
  ...["config.epochs", "trainPairs", "network.head.0.kind", "__proto__", "constructor", "epoch", "dataset.name", ""],
];
const VALUES = [...NUMBER_TEXTS, "mlp", "base", "linear", "fuzz", "__proto__"];

/** What `runs` selects by: "epochs>=3". */
export const wherePart: Part = {
  name: "--where",
  weight: 1,
  async open() {
    const runs: RunSummary[] = realRuns().map(({ record: { epochs: _, ...summary } }) => summary);
    return {
      make: (random) => encode(random.chance(0.4) ? mutateText(random, condition(random)) : condition(random)),
      check(input) {
        const text = decode(input);
        const read = attempt(() => runsWhere(runs, [parseCondition(text)]));
        if (!read) return "refused";
        const due = runs.filter((run) => fulfils(run, text));
        require(same(
          read.map(({ id }) => id),
          due.map(({ id }) => id),
        ), "other runs than those that fulfil it");
        return "accepted";
      },
    };
  },
};

const condition = (random: Random): string =>
  [random.pick(KEYS), random.pick(["=", "!=", "<", "<=", ">", ">=", "==", ""]), random.pick(VALUES)].join(
    random.pick(["", " "]),
  );

/** Whether a run fulfils a condition that was taken. */
function fulfils(run: RunSummary, text: string): boolean {
  const sign = ["!=", "<=", ">=", "=", "<", ">"]
    .map((each) => ({ each, at: text.indexOf(each) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.each.length - a.each.length)[0];
  if (!sign) return false;
  const key = text
    .slice(0, sign.at)
    .trim()
    .replace(/^config\./, "");
  const value = text.slice(sign.at + sign.each.length).trim();
  const source: unknown = ["id", "architecture", "seed"].includes(key) ? run : run.config;
  const actual = key
    .split(".")
    .reduce<unknown>((each, name) => (isObject(each) && Object.hasOwn(each, name) ? each[name] : undefined), source);
  if (actual === undefined) return false;
  if (typeof actual !== "number") {
    if (sign.each === "=") return String(actual) === value;
    return sign.each === "!=" && String(actual) !== value;
  }
  const number = plainNumber(value) ?? Number.NaN;
  const holds: Readonly<Record<string, boolean>> = {
    "=": actual === number,
    "!=": actual !== number,
    "<": actual < number,
    "<=": actual <= number,
    ">": actual > number,
    ">=": actual >= number,
  };
  return holds[sign.each] === true;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
