import { numbers } from "../checks.js";
import { type Inside, type Kernels, PassingPairs } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import type { InputSpec, PlacedNetwork } from "../network/index.js";
import { type RunWeights, type TrainedNetwork, trainedNetwork } from "../training/index.js";
import { shapeOf } from "../training/job.js";
import { type Decision, decisionOf } from "./decision.js";
import { pairLogits } from "./pair-logits.js";

/** What is inside of a network while it sees one pair, and what it says of it. */
export type Inspection = Decision & Pick<Inside, "images" | "head">;

/**
 * Looks into a finished run's network, pair by pair. What it returns is plain data, which `postMessage` can copy to another
 * thread.
 */
export class Inspector {
  readonly #run: RunWeights;
  readonly #kernels: Kernels;
  readonly #input: InputSpec;
  readonly #network: TrainedNetwork;
  /** The same with every layer by itself, once somebody wants to look inside. */
  #layered: TrainedNetwork | undefined;

  /**
   * @param kernels  takes the network beside what it holds already; not to be cleared while the inspector is used
   * @param input    what the run's pairs looked like; default as its configuration says
   * @throws InvalidRequest when the weights are not of the run's network
   */
  constructor(run: RunWeights, kernels: Kernels, input?: InputSpec) {
    this.#run = run;
    this.#kernels = kernels;
    this.#network = trainedNetwork(run, kernels, { batchSize: 1, ...(input && { input }) });
    this.#input = input ?? shapeOf(run.record.config.dataset);
  }

  /** The shapes of what `inspect` gives. */
  get network(): PlacedNetwork {
    return this.#network.model.network;
  }

  /**
   * What the network says of a pair: quick enough for every move of a pen.
   *
   * @param first   [channels, height, width], raw pixels 0–255
   * @throws InvalidRequest where an image has not the pixels that the network sees
   */
  decide(first: ArrayLike<number>, second: ArrayLike<number>): Decision {
    const { model, scale } = this.#network;
    const outputs = model.outputs(new PassingPairs(this.#pairOf(first, second), scale));
    return decisionOf(pairLogits(outputs, model.network, 0), model.relation);
  }

  /**
   * The same and what every layer makes of the pair, in evaluation mode. Where evaluation looks at shifted views too, the layers'
   * are of the images as they are, the decision and the head's of all views. Every product is computed in full, so that
   * the last bits may differ from `decide`'s.
   *
   * @param first   [channels, height, width], raw pixels 0–255
   * @throws InvalidRequest where an image has not the pixels that the network sees
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
    // Nobody asks what is right.
    return { ...{ count: 1, height, width, channels, classCount, images }, ...UNKNOWN };
  }
}

const UNKNOWN = { classes: new Uint8Array(2), targets: new Uint8Array(1) };
