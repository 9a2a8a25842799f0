import { oneOf, optional, shown } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { cosinePi } from "./cosine.js";

/** The names that `scheduledRate` and the setting `schedule` know. */
export const SCHEDULES = ["step", "cosine", "one-cycle"] as const;
/** How the learning rate changes over a training; without one it is constant. */
export type Schedule = (typeof SCHEDULES)[number];

/** Of `step`: what the rate is multiplied by after each third of the steps. */
const DECAY = 0.1;
/** Of `one-cycle`, PyTorch's defaults: the part of the steps in which the rate rises, and what it starts and ends at. */
const RISE = 0.3;
const START_DIVISOR = 25;
const END_DIVISOR = 1e4;

/**
 * The learning rate of an optimizer's step.
 *
 * @param schedule
 * - `step`: a tenth after each third of the steps; PyTorch's StepLR with step_size ⌈total / 3⌉, gamma 0.1
 * - `cosine`: from `learningRate` down to 0 at `total`, along half a cosine (Loshchilov & Hutter 2017, without restarts);
 *   PyTorch's CosineAnnealingLR with T_max `total`
 * - `one-cycle`: from `learningRate` / 25 up to `learningRate` in three tenths of the steps, then down to
 *   `learningRate` / 250,000, both along half a cosine (Smith & Topin 2018); PyTorch's OneCycleLR
 * @param learningRate  the highest
 * @param step  from 0 to before `total`
 * @param total  steps of the whole training
 * @throws InvalidRequest for another schedule or step
 */
export function scheduledRate(
  schedule: Schedule | undefined,
  learningRate: number,
  step: number,
  total: number,
): number {
  optional(oneOf(SCHEDULES))(schedule, "schedule");
  if (!(step >= 0 && step < total))
    throw new InvalidRequest(`step must be at least 0 and below total, ${shown(total)}, not ${shown(step)}`);
  switch (schedule) {
    case undefined:
      return learningRate;
    case "step":
      return decayed(learningRate, Math.floor(step / Math.ceil(total / 3)));
    case "cosine":
      return annealed(learningRate, 0, step / total);
    case "one-cycle":
      return oneCycle(learningRate, step, total);
  }
}

function decayed(rate: number, times: number): number {
  return times === 0 ? rate : decayed(rate * DECAY, times - 1);
}

function oneCycle(highest: number, step: number, total: number): number {
  const start = highest / START_DIVISOR;
  // As in PyTorch, the step with the highest rate need not be a whole number.
  const [top, last] = [RISE * total - 1, total - 1];
  if (step <= top) return annealed(start, highest, step / top);
  return annealed(highest, start / END_DIVISOR, (step - top) / (last - top));
}

/** Between two rates, along half a cosine. */
const annealed = (from: number, to: number, part: number): number => to + ((from - to) / 2) * (1 + cosinePi(part));
