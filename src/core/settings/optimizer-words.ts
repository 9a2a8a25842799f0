import { OPTIMIZER_KINDS } from "../engine/optimizers/registry.js";
import type { RunConfig } from "../training/index.js";
import type { Schedule } from "./schedules.js";

/** "SGD with Nesterov's momentum 0.9 and weight decay 0.0001". */
export function optimizerInWords({
  optimizer,
  momentum = OPTIMIZER_KINDS[optimizer].momentum ?? 0,
  nesterov,
  weightDecay: decay = OPTIMIZER_KINDS[optimizer].weightDecay,
}: Pick<RunConfig, "optimizer" | "momentum" | "nesterov" | "weightDecay">): string {
  const { title } = OPTIMIZER_KINDS[optimizer];
  const details = [
    momentum > 0 ? `${nesterov ? "Nesterov's momentum" : "momentum"} ${momentum}` : [],
    decay > 0 ? `weight decay ${decay}` : [],
  ].flat();
  return details.length > 0 ? `${title} with ${details.join(" and ")}` : title;
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
