import { pointsInterval } from "../../text/format.js";
import type { DatasetIdentity } from "../../training/index.js";
import { isShown } from "../shared/claims.js";
import { inGeneralOf, theseOf } from "../shared/general-words.js";
import type { Difference } from "./difference.js";

/** What a difference is for other images, where its sentence names a difference of these: one sentence, or none. */
export function generalSentence(
  { mean, ci95, pHolm, general }: Pick<Difference, "mean" | "ci95" | "pHolm" | "general">,
  dataset: Pick<DatasetIdentity, "name">,
): string[] {
  if (!general?.ci95 || !ci95) return [];
  const [low, high] = general.ci95;
  const open = isShown({ pHolm }) && low <= 0 && high >= 0 ? `, which holds 0: p is about ${theseOf(general.of)}` : "";
  const words = inGeneralOf(dataset, general.of);
  return [`For ${words} the interval is ${pointsInterval(mean, general.ci95)}${open}.`];
}
