import { DEFAULT_MOMENTUM, defaultWeightDecay } from "../engine/optimizers/make.js";
import type { OptimizerName } from "../engine/optimizers/names.js";
import type { OptionalSettings } from "./training-settings.js";

/** What optimizers are called in text. */
export const OPTIMIZER_TITLES: Readonly<Record<OptimizerName, string>> = {
  adam: "Adam",
  adamw: "AdamW",
  sgd: "SGD",
  rmsprop: "RMSprop",
  lion: "Lion",
  muon: "Muon",
};

/** "SGD with Nesterov's momentum 0.9 and weight decay 0.0001". */
export function optimizerInWords({
  optimizer,
  momentum = DEFAULT_MOMENTUM[optimizer] ?? 0,
  nesterov,
  weightDecay,
}: OptionalSettings & { readonly optimizer: OptimizerName }): string {
  const decay = weightDecay ?? defaultWeightDecay(optimizer);
  const details = [
    momentum > 0 ? `${nesterov ? "Nesterov's momentum" : "momentum"} ${momentum}` : [],
    decay > 0 ? `weight decay ${decay}` : [],
  ].flat();
  return details.length > 0
    ? `${OPTIMIZER_TITLES[optimizer]} with ${details.join(" and ")}`
    : OPTIMIZER_TITLES[optimizer];
}
