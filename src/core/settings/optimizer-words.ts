import { DEFAULT_MOMENTUM, defaultWeightDecay } from "../engine/optimizers/make.js";
import type { OptimizerName } from "../engine/optimizers/names.js";
import type { RunConfig } from "../training/index.js";
import type { Schedule } from "./schedules.js";

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
}: Pick<RunConfig, "optimizer" | "momentum" | "nesterov" | "weightDecay">): string {
  const decay = weightDecay ?? defaultWeightDecay(optimizer);
  const details = [
    momentum > 0 ? `${nesterov ? "Nesterov's momentum" : "momentum"} ${momentum}` : [],
    decay > 0 ? `weight decay ${decay}` : [],
  ].flat();
  return details.length > 0
    ? `${OPTIMIZER_TITLES[optimizer]} with ${details.join(" and ")}`
    : OPTIMIZER_TITLES[optimizer];
}

const SCHEDULES: Readonly<Record<Schedule, string>> = {
  step: "a tenth of it after each third of the steps",
  cosine: "falling to 0 along half a cosine",
  "one-cycle": "at the height of one cycle, which starts at 1/25 of it and ends at 1/250,000",
};

/** "0.003, falling to 0 along half a cosine". */
export function rateInWords({ learningRate, schedule }: RunConfig): string {
  return [learningRate, ...(schedule ? [SCHEDULES[schedule]] : [])].join(", ");
}

export const clippingInWords = ({ clipNorm }: RunConfig): string =>
  `gradients whose norm, of all together, is above ${clipNorm} are scaled down to it`;

export const averageInWords = ({ weightAverage }: RunConfig): string =>
  `evaluated and kept is a moving average of the weights, of which each step keeps ${weightAverage}`;
