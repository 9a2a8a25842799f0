import { findArchitecture } from "../../architectures/index.js";
import { NETWORK_HAS } from "../../settings/has.js";
import { isSetting, rowOf } from "../../settings/table.js";
import type { SettingOverrides } from "../../training/index.js";

/**
 * Distributes settings that are given for several architectures: settings about digits go to those that learn digits,
 * a dropout rate to those that have dropout. If no architecture can use a setting, all get it, and `makeJob` refuses it.
 *
 * @returns in the order of the names
 */
export function sharedSettings(names: readonly string[], settings: SettingOverrides): SettingOverrides[] {
  const architectures = names.map(findArchitecture);
  return architectures.map((architecture) => {
    const gets = (name: string) => {
      if (!isSetting(name)) return true;
      const { of } = rowOf(name);
      if (of === undefined || of === "optimizer") return true;
      return NETWORK_HAS[of](architecture) || !architectures.some(NETWORK_HAS[of]);
    };
    return Object.fromEntries(Object.entries(settings).filter(([name]) => gets(name)));
  });
}
