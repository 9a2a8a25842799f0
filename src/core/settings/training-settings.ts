import { type Check, fields, flag, oneOf, optional, within } from "../checks.js";
import { type Augmentation, checkAugmentation } from "../data/augmentation.js";
import { type RelationName, relationName } from "../data/relations.js";
import { OPTIMIZER_KINDS, OPTIMIZERS, type OptimizerName } from "../engine/optimizers/registry.js";
import { InvalidRequest } from "../errors.js";
import type { CONFIG_ROWS } from "./config-rows.js";
import type { OPTIONAL_ROWS } from "./optional-rows.js";
import type { Row } from "./row.js";
import { rowOf, SETTING_NAMES, type SETTINGS, type SettingName } from "./table.js";

type Rows = typeof SETTINGS;

/** A setting's value as a request gives it. */
type Given<Each> = Each extends { readonly kind: "number" }
  ? number
  : Each extends { readonly kind: "flag" }
    ? boolean
    : Each extends { readonly kind: "choice"; readonly names: readonly (infer Name)[] }
      ? Name
      : Each extends { readonly kind: "relation" }
        ? RelationName
        : Augmentation;

/** A setting's value as a configuration has it: the usual one of an optional choice is absent. */
type Kept<Each> = Each extends { readonly kind: "choice"; readonly place: "optional"; readonly usual: infer Usual }
  ? Exclude<Given<Each>, Usual>
  : Given<Each>;

/** A setting's value, as a configuration has it. */
export type SettingValueOf<Name extends SettingName> = Kept<Rows[Name]>;

/** What a training does without where it is not named. */
export type OptionalSettings = {
  readonly [Name in keyof typeof OPTIONAL_ROWS]?: Kept<Rows[Name]>;
};

/** Changes of them in a request. The usual value switches off an architecture's own; so does an empty augmentation, `{}`. */
export type OptionalOverrides = {
  readonly [Name in keyof typeof OPTIONAL_ROWS]?: Given<Rows[Name]>;
};

/** How a network is trained. */
export type TrainingSettings = OptionalSettings & {
  readonly [Name in keyof typeof CONFIG_ROWS]: Kept<Rows[Name]>;
};

/** Changes of an architecture's own settings in a request. */
export type SettingOverrides = { readonly [Name in keyof Rows]?: Given<Rows[Name]> };

/** The settings that every architecture has for its training: those without a usual value. */
export type OwnSettings = {
  readonly [Name in keyof typeof CONFIG_ROWS as Rows[Name] extends { readonly usual: unknown } ? never : Name]: Kept<
    Rows[Name]
  >;
};

function checkOf(row: Row): Check {
  switch (row.kind) {
    case "number":
      return within(row.limits);
    case "choice":
      return (value, what) => oneOf(row.names)(value, what);
    case "relation":
      return relationName;
    case "flag":
      return flag;
    case "augmentation":
      return checkAugmentation;
  }
}

const checksOf = (names: readonly SettingName[], wrap: (check: Check) => Check) =>
  Object.fromEntries(names.map((name) => [name, wrap(checkOf(rowOf(name)))]));

const OPTIONAL_CHECKS = checksOf(SETTING_NAMES, optional);

/**
 * A check of settings from anywhere, each separately: it throws InvalidRequest naming the first that is unknown, missing or out of
 * range.
 *
 * @param required  those that must be there
 * @param beside  other names that are allowed, or are checked elsewhere
 */
export function settingsCheck(required: readonly SettingName[], beside: Readonly<Record<string, Check>>): Check {
  return fields({ ...OPTIONAL_CHECKS, ...checksOf(required, (check) => check), ...beside }, "setting");
}

/** @throws InvalidRequest if an optimizer does not have the settings that it is given */
export function checkOptimizer({ optimizer = "adam", momentum, nesterov }: SettingOverrides): void {
  if (momentum !== undefined) requireOwn("momentum", optimizer);
  if (nesterov) requireOwn("nesterov", optimizer);
  if (nesterov && momentum === 0) throw new InvalidRequest("nesterov needs a momentum above 0");
}

function requireOwn(setting: "momentum" | "nesterov", optimizer: OptimizerName): void {
  const names = OPTIMIZERS.filter((name) => setting in OPTIMIZER_KINDS[name]);
  if (names.includes(optimizer)) return;
  const whose = `optimizer${names.length > 1 ? "s" : ""} ${names.join(", ").replace(/, ([^,]*)$/, " and $1")}`;
  throw new InvalidRequest(`${setting} is a setting of the ${whose}, not of ${optimizer}`);
}
