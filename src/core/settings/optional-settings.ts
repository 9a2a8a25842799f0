import { type Augmentation, leanAugmentation } from "../data/augmentation.js";
import type { Pairing } from "../data/pairing.js";
import type { OptimizerSettings } from "../engine/optimizers/optimizer.js";
import { OPTIMIZER_KINDS, type OptimizerName } from "../engine/optimizers/registry.js";
import type { DigitSettings, Views } from "../network/index.js";
import type { Schedule } from "./schedules.js";

/** What a training does without where it is not named. */
export interface OptionalSettings extends OptimizerSettings, DigitSettings {
  /** How the learning rate, which is the highest, changes with the steps. Without one it is constant. */
  readonly schedule?: Schedule;
  /** The most that the norm of all gradients together may be; larger ones are scaled down. */
  readonly clipNorm?: number;
  /** The part that a step keeps of the weights' moving average; that average is evaluated, and is the trained network. */
  readonly weightAverage?: number;
  /** How training images are changed each time that they are seen. */
  readonly augmentation?: Augmentation;
  /** How training images are paired anew in each epoch; absent: as they were drawn. */
  readonly pairing?: Pairing;
  /**
   * Others of its batch that each image is paired with in training, at random for each batch; absent: its own partner alone. At
   * most all of them. The head learns from so many times twice the batch's pairs, while the trunk sees as many images as before.
   */
  readonly partners?: number;
}

/** The optional settings' names, in the order in which a configuration has them. */
export const OPTIONAL_SETTINGS = [
  "momentum",
  "nesterov",
  "weightDecay",
  "schedule",
  "clipNorm",
  "weightAverage",
  "labelSmoothing",
  "views",
  "augmentation",
  "pairing",
  "partners",
] as const satisfies readonly (keyof OptionalSettings)[];

/** What a request may change of them: as what is off here, each switches off what an architecture has; an augmentation of nothing, `{}`, does. */
export interface OptionalOverrides extends Omit<OptionalSettings, "schedule" | "views" | "pairing"> {
  readonly schedule?: Schedule | "constant";
  readonly views?: Views | "none";
  readonly pairing?: Pairing | "drawn";
}

const OFF: Readonly<Record<string, unknown>> = {
  nesterov: false,
  schedule: "constant",
  clipNorm: 0,
  weightAverage: 0,
  labelSmoothing: 0,
  views: "none",
  pairing: "drawn",
  partners: 1,
};

/** Whether a value of an optional setting switches it off. */
export const isOff = (name: string, value: unknown): boolean => value === OFF[name];

/** An architecture's own, and the optimizer that they were chosen for. */
type OwnSettings = OptionalSettings & { readonly optimizer: OptimizerName };

type GivenSettings = OptionalOverrides & { readonly optimizer?: OptimizerName };

/**
 * The optional settings of a configuration: an architecture's own, changed. With another optimizer than its own, its momentum
 * and weight decay are left out: they mean something else there.
 */
export function optionalSettings(own: OwnSettings, overrides: GivenSettings): OptionalSettings {
  const { optimizer = own.optimizer } = overrides;
  const { momentum, nesterov, weightDecay, ...others } = own;
  return leanSettings({ ...(optimizer === own.optimizer ? own : others), ...overrides, optimizer });
}

/**
 * Optional settings without what goes without saying: what is off, and what the optimizer has anyway. Always in the same order,
 * for a run's id.
 */
export function leanSettings({ optimizer = "adam", ...settings }: GivenSettings): OptionalSettings {
  const { momentum, weightDecay } = OPTIMIZER_KINDS[optimizer];
  const usual: Readonly<Record<string, unknown>> = { momentum, weightDecay };
  const augmentation = settings.augmentation && leanAugmentation(settings.augmentation);
  const given = OPTIONAL_SETTINGS.map(
    (name) => [name, name === "augmentation" ? augmentation : settings[name]] as const,
  );
  return Object.fromEntries(
    given.filter(([name, value]) => value !== undefined && !isOff(name, value) && value !== usual[name]),
  );
}

/** All settings but the optional ones. */
export function withoutOptional<Settings extends OptionalOverrides>(
  settings: Settings,
): Omit<Settings, keyof OptionalSettings> {
  const {
    momentum,
    nesterov,
    weightDecay,
    schedule,
    clipNorm,
    weightAverage,
    labelSmoothing,
    views,
    augmentation,
    pairing,
    partners,
    ...others
  } = settings;
  return others;
}
