import { addArchitectures, type OwnArchitecture } from "./architectures/index.js";
import { anything, fields, listOf, name, optional, refuse, text } from "./checks.js";

/** A default of a command's option: as an option takes it, or several values, such as sizes. */
export type OptionDefault = string | number | boolean | readonly (string | number)[];

/** What a `pairlab.config` file exports. */
export interface ProjectConfig {
  /** Networks of your own: commands take them by their names, as those that pairlab has. */
  readonly architectures?: readonly OwnArchitecture[];
  /** The images, as `--data` takes them; a path is relative to the file. */
  readonly data?: string;
  /** The question, as `--relation` takes it; a table's path is relative to the file. */
  readonly relation?: string;
  /** Defaults of other options, by their names with capitals in place of hyphens: `{ rounds: 30, learningRate: 0.002 }`. */
  readonly defaults?: Readonly<Record<string, OptionDefault>>;
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
