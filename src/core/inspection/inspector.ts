import { numbers } from "../checks.js";
import { type Inside, type Kernels, PassingPairs } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import type { InputSpec } from "../network/index.js";
import type { PlacedNetwork } from "../network/network.js";
import { type RunWeights, type TrainedNetwork, trainedNetwork } from "../training/index.js";
import { shapeOf } from "../training/job.js";
import { type Decision, decisionOf } from "./decision.js";
import { pairLogits } from "./pair-logits.js";

/** A network's activations for one pair, and its decision. */
export type Inspection = Decision & Pick<Inside, "images" | "head">;

/**
 * Looks into a finished run's network, pair by pair. It returns plain data, which `postMessage` can copy to another thread.
 */
export class Inspector {
  readonly #run: RunWeights;
  readonly #kernels: Kernels;
  readonly #input: InputSpec;
  readonly #network: TrainedNetwork;
  /** The same network without fused layers, made by the first `inspect`. */
  #layered: TrainedNetwork | undefined;

  /**
   * @param kernels  the network is added to what they hold; do not clear them while the inspector is used
   * @param input    the images and classes of the run's pairs; by default its configuration says them
   * @throws InvalidRequest as `trainedNetwork` does
   */
  constructor(run: RunWeights, kernels: Kernels, input?: InputSpec) {
    this.#run = run;
    this.#kernels = kernels;
    this.#network = trainedNetwork(run, kernels, { batchSize: 1, ...(input && { input }) });
    this.#input = input ?? shapeOf(run.record.config.dataset);
  }

  /** The network, with the shapes of what `inspect` gives. */
  get network(): PlacedNetwork {
    return this.#network.model.network;
  }

  /**
   * The network's decision on a pair. It is quick enough for every move of a pen.
   *
   * @param first   [channels, height, width], raw pixels 0–255
   * @param second  likewise
   * @throws InvalidRequest where an image has another number of pixels, or one that is not a number
   */
  decide(first: ArrayLike<number>, second: ArrayLike<number>): Decision {
    const { model, scale } = this.#network;
    const outputs = model.outputs(new PassingPairs(this.#pairOf(first, second), scale));
    return decisionOf(pairLogits(outputs, model.network, 0), model.relation);
  }

  /**
   * The network's decision on a pair and the activations of every layer, in evaluation mode. Where evaluation also looks at shifted
   * views, the trunks' activations are of the unshifted images, and the head's and the decision are of all views. Every product is
   * computed in full, so the last bits may differ from `decide`'s.
   *
   * @param first   [channels, height, width], raw pixels 0–255
   * @param second  likewise
   * @throws InvalidRequest where an image has another number of pixels, or one that is not a number
   */
  inspect(first: ArrayLike<number>, second: ArrayLike<number>): Inspection {
    this.#layered ??= trainedNetwork(this.#run, this.#kernels, {
      batchSize: 1,
      input: this.#input,
      fuse: false,
      shortcuts: [],
    });
    const { model, scale } = this.#layered;
    const { outputs, ...inside } = model.inside(new PassingPairs(this.#pairOf(first, second), scale), 0);
    return { ...decisionOf(pairLogits(outputs, model.network, 0), model.relation), ...inside };
  }

  #pairOf(first: ArrayLike<number>, second: ArrayLike<number>) {
    const { height, width, channels, classes: classCount } = this.#input;
    const pixels = channels * height * width;
    numbers()(first, "the first image");
    numbers()(second, "the second image");
    for (const { length } of [first, second])
      if (length !== pixels)
        throw new InvalidRequest(`an image has ${channels}×${height}×${width} = ${pixels} pixels, not ${length}`);
    const images = new Float32Array(2 * pixels);
    images.set(first);
    images.set(second, pixels);
    return { ...{ count: 1, height, width, channels, classCount, images }, ...UNKNOWN };
  }
}

/** The labels of a drawn pair, which nothing reads. */
const UNKNOWN = { classes: new Uint8Array(2), targets: new Uint8Array(1) };
