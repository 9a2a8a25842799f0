import { type Architecture, findArchitecture } from "../../architectures/index.js";
import { withNested } from "../../network/index.js";
import type { SettingOverrides } from "../../training/index.js";

/** Settings that not every network has a use for. */
const OF_SOME: readonly {
  readonly settings: readonly (keyof SettingOverrides)[];
  readonly has: (architecture: Architecture) => boolean;
}[] = [
  {
    settings: ["auxiliaryWeight", "labelSmoothing", "views"],
    has: ({ auxiliaryWeight = 0 }) => auxiliaryWeight > 0,
  },
  {
    settings: ["dropout"],
    has: ({ trunk, head }) =>
      withNested([...trunk, ...head]).some((layer) => layer.kind === "dropout" && layer.rate === undefined),
  },
];

/**
 * What each of several architectures gets of settings that are given for all of them: what is about digits those that learn them,
 * a dropout rate those that have dropout. Where none has what a setting is about, all get it, and `makeJob` refuses it.
 *
 * @returns in the order of the names
 */
export function sharedSettings(names: readonly string[], settings: SettingOverrides): SettingOverrides[] {
  const architectures = names.map(findArchitecture);
  const withheld = OF_SOME.filter(({ has }) => architectures.some(has));
  return architectures.map((architecture) => {
    const without = new Set(withheld.flatMap((some) => (some.has(architecture) ? [] : some.settings)));
    const kept = Object.entries(settings).filter(([name]) => !without.has(name as keyof SettingOverrides));
    return Object.fromEntries(kept);
  });
}
