import type { Architecture } from "../../src/core/architectures/index.js";
import { Model } from "../../src/core/engine/model.js";
import type { LoadedPairs } from "../../src/core/engine/pairs/loaded-pairs.js";
import type { Tensor } from "../../src/core/engine/parameters.js";
import { DIGIT_PAIRS } from "../../src/core/network/index.js";
import { newKernels } from "../support/kernels.js";
import { allPairs, SCALE } from "./pairs.js";
import { startingValues } from "./rule.js";

/** A network where its fixture starts: for one batch with many ties, or for training with none but the background's. */
export class Start {
  readonly model: Model;
  readonly pairs: LoadedPairs;

  constructor(
    architecture: Architecture,
    fuse: boolean,
    readonly ties: boolean,
  ) {
    // Every batch of the fixtures is shorter than the model has room for.
    this.model = new Model(newKernels(), architecture, DIGIT_PAIRS, {
      ...{ batchSize: 16, dropout: 0, fuse },
      ...(architecture.labelSmoothing !== undefined && { labelSmoothing: architecture.labelSmoothing }),
      ...(architecture.views && { views: architecture.views }),
    });
    for (const tensor of this.model.state()) tensor.write(this.model.kernels, this.valueOf(tensor));
    this.pairs = this.model.load(allPairs(), SCALE);
  }

  /** What a tensor was before any training. */
  valueOf({ name, spec }: Tensor): Float32Array {
    return startingValues(name, spec.shape, this.ties);
  }
}
