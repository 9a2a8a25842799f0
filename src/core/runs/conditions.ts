import { InvalidRequest } from "../errors.js";
import { parseNumber } from "../formats/numbers.js";
import { quoted } from "../given.js";
import { didYouMean } from "../text/nearest.js";
import type { RunConfig, RunSummary } from "../training/index.js";
import { flatten, type Leaf } from "./flat.js";

const OPERATORS = ["=", "!=", "<", "<=", ">", ">="] as const;
type Operator = (typeof OPERATORS)[number];

/** What a run must fulfil: "epochs>=3". */
export interface Condition {
  /** A path in the configuration, or a name of `IDENTITY`. */
  readonly key: string;
  readonly operator: Operator;
  readonly value: string;
}

/** What a run is, beside its configuration. */
const IDENTITY = ["id", "architecture", "seed", "diverged"] as const;

/**
 * A condition as text: a key, an operator and a value. The key may begin with "config.", as a record has it.
 *
 * @throws InvalidRequest for anything else
 */
export function parseCondition(text: string): Condition {
  const [, key, operator, value] = /^([^=!<>]*)(!=|<=|>=|=|<|>)(.*)$/s.exec(text) ?? [];
  if (!key?.trim() || !isOperator(operator) || !value?.trim())
    throw new InvalidRequest(
      `${quoted(text)} is not a condition: give KEY=VALUE, or ${OPERATORS.slice(1).join(" ")} in place of =`,
    );
  if (ORDERS.has(operator) && parseNumber(value.trim()) === undefined)
    throw new InvalidRequest(
      `${quoted(text)} compares sizes, but ${quoted(value.trim())} is not a number: give one, or use = or !=`,
    );
  return { key: key.trim().replace(/^config\./, ""), operator, value: value.trim() };
}

const isOperator = (text: string | undefined): text is Operator => OPERATORS.some((operator) => operator === text);
const ORDERS: ReadonlySet<Operator> = new Set(["<", "<=", ">", ">="]);

/**
 * The runs that fulfil all conditions. A run that lacks a key fulfils no condition on it.
 *
 * @throws InvalidRequest for a key that none of the runs has, with the nearest that one has, and if the sizes of values that are not
 *   numbers are compared. Without runs, no key is refused
 */
export function runsWhere<Run extends RunSummary>(runs: readonly Run[], conditions: readonly Condition[]): Run[] {
  if (conditions.length === 0 || runs.length === 0) return [...runs];
  // Records that were read together share configurations.
  const flat = new Map<RunConfig, Map<string, Leaf>>();
  for (const { config } of runs) if (!flat.has(config)) flat.set(config, flatten(config));
  for (const condition of conditions) checkKey(condition, [...flat.values()]);
  return runs.filter((run) =>
    conditions.every((condition) => {
      const named = IDENTITY.find((name) => name === condition.key);
      return fulfils(named ? identityOf(run, named) : flat.get(run.config)?.get(condition.key), condition);
    }),
  );
}

/** For `diverged`, true or false; otherwise the value in its record. */
const identityOf = (run: RunSummary, name: (typeof IDENTITY)[number]): Leaf =>
  name === "diverged" ? run.diverged !== undefined : run[name];

function checkKey({ key, operator, value }: Condition, settings: readonly ReadonlyMap<string, Leaf>[]): void {
  if (key === "diverged" && value !== "true" && value !== "false")
    throw new InvalidRequest(`diverged is true or false, not ${quoted(value)}`);
  const identity: readonly string[] = IDENTITY;
  const ofIdentity = key === "seed" ? 0 : key;
  const values = identity.includes(key) ? [ofIdentity] : settings.flatMap((each) => each.get(key) ?? []);
  if (values.length === 0) {
    const names = [...new Set([...identity, ...settings.flatMap((each) => [...each.keys()])])];
    // The whole name of "simd" is "engine.simd".
    const whole = names.find((name) => name.endsWith(`.${key}`));
    const near = whole === undefined ? didYouMean(key, names) : `: did you mean ${whole}?`;
    throw new InvalidRequest(`no run has ${quoted(key)}${near || ": pairlab runs show RUN --json has what a run has"}`);
  }
  if (ORDERS.has(operator) && !values.some((each) => typeof each === "number"))
    throw new InvalidRequest(
      `${key} is not a number, so it has no size to compare: use = or != in place of ${operator}`,
    );
  if (values.every((each) => typeof each === "number") && parseNumber(value) === undefined)
    throw new InvalidRequest(`${key} is a number, but ${quoted(value)} is not: give one such as ${values[0]}`);
}

function fulfils(actual: Leaf | undefined, { operator, value }: Condition): boolean {
  if (actual === undefined) return false;
  const number = parseNumber(value);
  const same = typeof actual === "number" ? actual === number : String(actual) === value;
  if (operator === "=") return same;
  if (operator === "!=") return !same;
  if (typeof actual !== "number" || number === undefined) return false;
  if (operator === "<") return actual < number;
  if (operator === "<=") return actual <= number;
  return operator === ">" ? actual > number : actual >= number;
}
