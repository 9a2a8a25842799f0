import { leanAugmentation } from "../data/augmentation.js";
import { OPTIMIZER_KINDS, type OptimizerName } from "../engine/optimizers/registry.js";
import { OPTIMIZER_SETTINGS, OPTIONAL_SETTINGS, SETTINGS } from "./table.js";
import type { OptionalOverrides, OptionalSettings } from "./training-settings.js";

const USUAL: ReadonlyMap<string, unknown> = new Map(
  OPTIONAL_SETTINGS.flatMap((name) => ("usual" in SETTINGS[name] ? [[name, SETTINGS[name].usual]] : [])),
);

/** Whether a value of an optional setting switches it off. */
const isOff = (name: string, value: unknown): boolean => USUAL.has(name) && value === USUAL.get(name);

/** An architecture's own settings, and the optimizer that they were chosen for. */
type OwnSettings = OptionalSettings & { readonly optimizer: OptimizerName };

type GivenSettings = OptionalOverrides & { readonly optimizer?: OptimizerName };

/**
 * The optional settings of a configuration: an architecture's own, changed. With another optimizer than its own, its momentum
 * and weight decay are left out: they mean something else there.
 */
export function optionalSettings(own: OwnSettings, overrides: GivenSettings): OptionalSettings {
  const { optimizer = own.optimizer } = overrides;
  const kept = optimizer === own.optimizer ? own : without(own, OPTIMIZER_SETTINGS);
  return leanSettings({ ...kept, ...overrides, optimizer });
}

/**
 * Optional settings without the redundant ones: those that are off, and those that the optimizer has anyway. Always in the same
 * order, for a run's id.
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
export const withoutOptional = <Settings extends OptionalOverrides>(
  settings: Settings,
): Omit<Settings, keyof OptionalSettings> => without(settings, OPTIONAL_SETTINGS);

/** The others of an object's fields. */
const without = <Whole extends object, Name extends PropertyKey>(whole: Whole, names: readonly Name[]) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.some((each) => each === name))) as Omit<
    Whole,
    Name
  >;
