import { optional, refuse, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SETTING_LIMITS } from "../settings/table.js";
import type { OptionalSettings } from "../settings/training-settings.js";
import type { PlacedNetwork } from "./network.js";

/** Settings that are about a network's digits. */
export type DigitSettings = Pick<OptionalSettings, "labelSmoothing" | "views">;

/** @throws InvalidRequest where a setting needs digits that the network does not have, or its value is out of range */
export function checkDigitSettings(
  { hasDigits, auxiliaryWeight }: Pick<PlacedNetwork, "hasDigits" | "auxiliaryWeight">,
  { labelSmoothing, views }: DigitSettings,
): void {
  optional(within(SETTING_LIMITS.labelSmoothing))(labelSmoothing, "labelSmoothing");
  if (labelSmoothing && auxiliaryWeight === 0)
    throw new InvalidRequest("labelSmoothing changes the loss on classes: it needs an auxiliary weight above 0");
  if (views !== undefined && views !== "shifts") refuse("views", '"shifts" or absent', views);
  if (views && !hasDigits)
    throw new InvalidRequest("views are averaged over class logits: they need a trunk that ends in one for each class");
}
