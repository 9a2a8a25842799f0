import type { Architecture } from "../../src/core/architectures/index.js";
import { Model } from "../../src/core/engine/model.js";
import type { LoadedPairs } from "../../src/core/engine/pairs/loaded-pairs.js";
import type { Tensor } from "../../src/core/engine/parameters.js";
import { newKernels } from "../support/kernels.js";
import { allPairs, SCALE } from "./pairs.js";
import { startingValues } from "./rule.js";
import { sizedPairs, sizeOf } from "./sizes.js";

/** A network where its fixture starts: for one batch with many ties, or for training with none but the background's. */
export class Start {
  readonly model: Model;
  readonly pairs: LoadedPairs;
  /** By which images of another size start otherwise. */
  readonly #prefix: string;

  constructor(
    architecture: Architecture,
    fuse: boolean,
    readonly ties: boolean,
  ) {
    const size = sizeOf(architecture.name);
    const pairs = size ? sizedPairs(size) : allPairs();
    const { height, width, channels, classCount: classes } = pairs;
    this.#prefix = size ? `${size.salt}/` : "";
    // Every batch of the fixtures is shorter than the model has room for.
    this.model = new Model(
      newKernels(),
      architecture,
      { height, width, channels, classes },
      {
        ...{ batchSize: 16, dropout: 0, fuse },
        ...(architecture.labelSmoothing !== undefined && { labelSmoothing: architecture.labelSmoothing }),
        ...(architecture.views && { views: architecture.views }),
      },
    );
    for (const tensor of this.model.state()) tensor.write(this.model.kernels, this.valueOf(tensor));
    this.pairs = this.model.load(pairs, SCALE);
  }

  /** What a tensor was before any training. */
  valueOf({ name, spec }: Tensor): Float32Array {
    return startingValues(`${this.#prefix}${name}`, spec.shape, this.ties);
  }
}
