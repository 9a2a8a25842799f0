import type { ReproducedArchitecture } from "../../experiments/reproduce/reproduction.js";
import { divergedOf, finishedOf } from "../../experiments/shared/diverged.js";
import type { RunConfig } from "../../training/index.js";
import { isMnist } from "../../training/job.js";

/**
 * The caption of a figure: where the test loss is lowest, which shows overfitting, and the parts of the loss where it is more than
 * the pair's own.
 */
export function figureCaption({ curves, runs }: ReproducedArchitecture, config?: RunConfig): string {
  const lost = divergedOf(runs);
  return [
    ...(lost ? [`${lost} rounds diverged${finishedOf(runs).length > 0 ? "; the curves are of the others" : ""}.`] : []),
    ...testLossSentence(curves.epoch, curves.testLoss.mean),
    ...lossSentence(config),
  ].join(" ");
}

function testLossSentence(epochs: readonly number[], losses: readonly number[]): string[] {
  const last = losses.length - 1;
  const lowest = losses.reduce((best, loss, i) => (loss < (losses[best] as number) ? i : best), 0);
  if (last < 1 || !losses.every(Number.isFinite)) return [];
  const at = (i: number) => `${(losses[i] as number).toFixed(2)} after epoch ${epochs[i]}`;
  if (lowest === last) return [`The mean test loss is lowest at the end: ${at(last)}.`];
  return [`The mean test loss is lowest, ${at(lowest)}, and is ${at(last)}.`];
}

function lossSentence(config: RunConfig | undefined): string[] {
  if (!config || config.network.auxiliaryWeight === 0) return [];
  const { auxiliaryWeight, head, pairWeight = 1, members } = config.network;
  const what = isMnist(config.dataset) ? "each digit's cross-entropy" : "the cross-entropy of each image's class";
  const classes = `${auxiliaryWeight} times ${what}${members ? ", separately for each member" : ""}`;
  if (head.length === 0 || pairWeight === 0) return [`The loss is ${classes}.`];
  const pair = `${pairWeight === 1 ? "" : `${pairWeight} times `}the pair's cross-entropy`;
  return [`The loss is ${pair} plus ${classes}.`];
}
