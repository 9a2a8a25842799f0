import type { SettingValue } from "../../settings/domain.js";
import { optionText } from "../../settings/options.js";
import { isSetting } from "../../settings/table.js";
import { titleOf } from "../../settings/values.js";
import { listed } from "../../text/format.js";
import type { TrialSettings } from "../shared/space.js";

/** The name of a setting in a sentence: "learning rate". */
export const wordsOf = (setting: string): string => (isSetting(setting) ? titleOf(setting) : setting);

/** "learning rate 0.004 and dropout rate 0.3". */
export const settingsWords = (settings: TrialSettings): string =>
  listed(Object.entries(settings).map(([setting, value]) => `${wordsOf(setting)} ${value}`));

/** "--learning-rate 0.004 --dropout 0.3". */
export const settingsOptions = (settings: TrialSettings): string =>
  Object.entries(settings)
    .flatMap(([setting, value]) => (isSetting(setting) ? optionText(setting, value) : []))
    .join(" ");

/** A column's heading: "Learning rate". */
export const headingOf = (setting: string): string => wordsOf(setting).replace(/^./, (letter) => letter.toUpperCase());

/** Numbers that lie between, ends included: "0.002 to 0.006"; names as they are. */
export function valuesBetween(values: readonly SettingValue[]): string {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length < values.length) return [...new Set(values)].join(", ");
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? String(low) : `${low} to ${high}`;
}
