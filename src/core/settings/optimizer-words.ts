import { OPTIMIZER_KINDS, type OptimizerName } from "../engine/optimizers/registry.js";
import type { OptionalSettings } from "./training-settings.js";

/** "SGD with Nesterov's momentum 0.9 and weight decay 0.0001". */
export function optimizerInWords({
  optimizer,
  momentum = OPTIMIZER_KINDS[optimizer].momentum ?? 0,
  nesterov,
  weightDecay: decay = OPTIMIZER_KINDS[optimizer].weightDecay,
}: OptionalSettings & { readonly optimizer: OptimizerName }): string {
  const { title } = OPTIMIZER_KINDS[optimizer];
  const details = [
    momentum > 0 ? `${nesterov ? "Nesterov's momentum" : "momentum"} ${momentum}` : [],
    decay > 0 ? `weight decay ${decay}` : [],
  ].flat();
  return details.length > 0 ? `${title} with ${details.join(" and ")}` : title;
}
