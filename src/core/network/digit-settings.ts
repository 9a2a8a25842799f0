import { optional, refuse, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { SETTING_LIMITS } from "../limits.js";
import type { PlacedNetwork } from "./network.js";

/** Settings that are about a network's digits. */
export interface DigitSettings {
  /**
   * ε of label smoothing (Szegedy et al. 2016), as PyTorch's `CrossEntropyLoss(label_smoothing=ε)`: each digit's target is
   * (1 − ε) · onehot + ε / classes. In training's digit loss alone: the relation's two logits may come of an exact
   * comparison, which has nothing to smooth, and what evaluation reports is the plain cross-entropy. Absent: none.
   */
  readonly labelSmoothing?: number;
  /** How an image is looked at when the network is evaluated; absent: once, as it is. */
  readonly views?: Views;
}

/**
 * `shifts`: the trunk sees each image and its four shifts by one pixel, background moving in. The digit logits become their mean
 * over the five, the image itself with weight 1 and each shift with ½; head or rule decide on those.
 */
export type Views = "shifts";

/** @throws InvalidRequest where a network has not the digits that a setting is about, or its value is out of range */
export function checkDigitSettings(
  { hasDigits, auxiliaryWeight }: Pick<PlacedNetwork, "hasDigits" | "auxiliaryWeight">,
  { labelSmoothing, views }: DigitSettings,
): void {
  optional(within(SETTING_LIMITS.labelSmoothing))(labelSmoothing, "labelSmoothing");
  if (labelSmoothing && auxiliaryWeight === 0)
    throw new InvalidRequest("labelSmoothing is of the digits' loss: it needs an auxiliary weight above 0");
  if (views !== undefined && views !== "shifts") refuse("views", '"shifts" or absent', views);
  if (views && !hasDigits)
    throw new InvalidRequest("views are averaged over digit logits: they need a trunk that ends in one for each class");
}
