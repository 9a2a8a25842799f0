import { addArchitectures, type OwnArchitecture } from "./architectures/index.js";
import { anything, fields, listOf, name, optional, refuse, text } from "./checks.js";
import { withOption } from "./settings/options.js";
import { rowOf, type SettingName } from "./settings/table.js";

/** A default of a command's option: as an option takes it, or several values, such as sizes. */
export type OptionDefault = string | number | boolean | readonly (string | number)[];

/** Options, besides those of settings, that a configuration may have defaults of. Others say what one command is to do. */
const FURTHER_DEFAULTS = [
  "seed",
  "workers",
  "runs",
  "quiet",
  "simd",
  "pairs",
  "rounds",
  "trials",
  "candidates",
  "preset",
  "sizes",
  "over",
  "optimizers",
  "baseline",
  "threshold",
  "images",
  "size",
  "colour",
  "fit",
  "order",
  "classes",
  "first",
  "second",
  "label",
  "same",
  "host",
  "port",
] as const;

/** Settings that no option changes, or that stand beside `defaults`. */
type NoDefault = "trainPairs" | "testPairs" | "pairWeight" | "relation";

/** Options that `defaults` may name. */
type DefaultName = Exclude<SettingName, NoDefault> | (typeof FURTHER_DEFAULTS)[number];

/** The names of the options that a configuration may have defaults of. */
export const defaultNames = (): string[] => {
  const settings = withOption().filter((setting) => setting !== "relation");
  return [...new Set([...settings.map((setting) => rowOf(setting).option?.name ?? setting), ...FURTHER_DEFAULTS])];
};

/** What a `pairlab.config` file exports. */
export interface ProjectConfig {
  /** Networks of your own: commands take them by their names, as those that pairlab has. */
  readonly architectures?: readonly OwnArchitecture[];
  /** The images, as `--data` takes them; a path is relative to the file. */
  readonly data?: string;
  /** The question, as `--relation` takes it; a table's path is relative to the file. */
  readonly relation?: string;
  /** Defaults of other options, by their names with capitals in place of hyphens: `{ rounds: 30, learningRate: 0.002 }`. */
  readonly defaults?: { readonly [Name in DefaultName]?: OptionDefault };
}

const CONFIG = fields({
  architectures: optional(listOf(anything)),
  data: optional(name),
  relation: optional(text),
  defaults: optional(anything),
});

/** Gives a project's configuration back as it is: for an editor, which then knows what belongs into it. */
export const defineConfig = (config: ProjectConfig): ProjectConfig => config;

/** @throws InvalidRequest naming a field that is unknown, or of another kind; architectures are checked when they are added */
export function checkConfig(config: unknown): asserts config is ProjectConfig {
  if (typeof config !== "object" || config === null || Array.isArray(config))
    refuse("the configuration", "an object", config);
  CONFIG(config, "");
}

/**
 * Adds a configuration's architectures, as `addArchitectures` does.
 *
 * @throws InvalidRequest naming what is unknown, missing or out of range
 */
export function useConfig(config: ProjectConfig): void {
  checkConfig(config);
  addArchitectures(config.architectures ?? []);
}
