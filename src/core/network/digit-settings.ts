import { optional, refuse, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SETTING_LIMITS } from "../settings/table.js";
import type { OptionalSettings } from "../settings/training-settings.js";
import type { PlacedNetwork } from "./network.js";

/** Settings that are about a network's digits. */
export type DigitSettings = Pick<OptionalSettings, "labelSmoothing" | "labelFraction" | "views">;

/** @throws InvalidRequest where a setting needs digits that the network does not have, or its value is out of range */
export function checkDigitSettings(
  { hasDigits, auxiliaryWeight }: Pick<PlacedNetwork, "hasDigits" | "auxiliaryWeight">,
  { labelSmoothing, labelFraction = 1, views }: DigitSettings,
): void {
  optional(within(SETTING_LIMITS.labelSmoothing))(labelSmoothing, "labelSmoothing");
  if (labelSmoothing && auxiliaryWeight === 0)
    throw new InvalidRequest("labelSmoothing changes the loss on classes: it needs an auxiliary weight above 0");
  within(SETTING_LIMITS.labelFraction)(labelFraction, "labelFraction");
  if (labelFraction < 1 && auxiliaryWeight === 0)
    throw new InvalidRequest("labelFraction is of the loss on classes: it needs an auxiliary weight above 0");
  if (views !== undefined && views !== "shifts") refuse("views", '"shifts" or absent', views);
  if (views && !hasDigits)
    throw new InvalidRequest("views are averaged over class logits: they need a trunk that ends in one for each class");
}

/** How many of the training pairs teach their classes: the nearest to that part of them, at least one. */
export const labelledPairs = (labelFraction: number, pairs: number): number =>
  Math.max(1, Math.round(labelFraction * pairs));

/** @throws InvalidRequest where new pairs take their answers from classes that `labelFraction` leaves unknown */
export function checkKnownClasses({
  labelFraction = 1,
  pairing,
  partners = 1,
}: Pick<OptionalSettings, "labelFraction" | "pairing" | "partners">): void {
  const made = pairing ? `pairing "${pairing}"` : partners > 1 ? `partners ${partners}` : undefined;
  if (labelFraction < 1 && made)
    throw new InvalidRequest(
      `labelFraction ${labelFraction} leaves classes unknown, and ${made} takes the answers of new pairs from them: leave one out`,
    );
}
