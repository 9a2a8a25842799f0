import { fields, flag, optional, partly } from "../checks.js";
import type { PairSet } from "../data/index.js";
import type { KernelModule, Kernels } from "../engine/index.js";
import type { Network } from "../network/index.js";
import type { LoopSettings } from "./loop-settings.js";
import { type TrainingEvent, type TrainingResult, trainingSteps } from "./train.js";

const OPTIONS = fields({ signal: optional(partly({ aborted: flag })) }, "option");

/** What is used of an `AbortSignal`. */
export interface Abortable {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** Options of `trainAsync`. */
export interface TrainAsyncOptions {
  /** An `AbortSignal`: training ends after the step at which it is aborted. */
  readonly signal?: Abortable;
}

interface Port {
  onmessage: (() => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** Browsers, workers, Node.js, Deno and Bun all have it. A timer would cost 1 to 4 ms a step. */
declare const MessageChannel: new () => { readonly port1: Port; readonly port2: Port };

/**
 * Trains as `train` does, to the same bits, and lets other work in after each step of the optimizer: timers, messages, a page's
 * clicks. A step takes all of the thread while it lasts, so a Web Worker is still the better place in a page.
 *
 * @throws as `train` does; the signal's reason where it is aborted
 */
export async function* trainAsync(
  kernels: KernelModule | Kernels,
  network: Network,
  pairs: PairSet,
  seed: number,
  settings: LoopSettings,
  options: TrainAsyncOptions = {},
): AsyncGenerator<TrainingEvent, TrainingResult> {
  OPTIONS(options, "");
  const { signal } = options;
  const { port1, port2 } = new MessageChannel();
  const turn = () =>
    new Promise<void>((resolve) => {
      port1.onmessage = resolve as () => void;
      port2.postMessage(undefined);
    });
  try {
    const steps = trainingSteps(kernels, network, pairs, seed, settings);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      if (step.value) yield step.value;
      else await turn();
      if (signal?.aborted) throw signal.reason;
    }
  } finally {
    port1.close();
    port2.close();
  }
}
