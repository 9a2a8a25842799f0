import { within } from "../../checks.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import { checkModel, type Model } from "../model.js";
import type { Tensor } from "../parameters.js";

/** A piece of memory and its average. */
interface Averaged {
  readonly values: Pointer;
  readonly average: Pointer;
  readonly room: number;
}

/**
 * An exponential moving average of a model's weights and of batch norm's running statistics: a ← decay · a + (1 − decay) · w
 * after each step. It starts with the weights of the first step. It equals PyTorch's `AveragedModel` with `use_buffers` and that
 * `avg_fn`.
 */
export class WeightAverage {
  readonly #kernels: KernelSpace;
  /** All parameters in one piece, then each buffer. */
  readonly #pieces: readonly Averaged[];
  #begun = false;

  /** @throws InvalidRequest where `model` is not a `Model`, or the decay is out of range */
  constructor(
    model: Model,
    readonly decay: number,
  ) {
    checkModel(model, "the model");
    const { kernels, tensors } = model;
    within(SETTING_LIMITS.weightAverage)(decay, "decay");
    this.#kernels = kernels;
    this.#pieces = [tensors, ...tensors.buffers].map(({ values, room }) => {
      return { values, room, average: kernels.allocate(room) };
    });
  }

  /** Adds the model's weights after a step. */
  update(): void {
    for (const { values, average, room } of this.#pieces)
      if (this.#begun) this.#kernels.run.approach(average, values, room, 1 - this.decay);
      else this.#kernels.copy(values, average, room);
    this.#begun = true;
  }

  /** Swaps the model's weights and the average. The next call swaps them back. */
  exchange(): void {
    for (const { values, average, room } of this.#pieces) {
      const [weights, averaged] = [this.#kernels.floats(values, room), this.#kernels.floats(average, room)];
      const kept = weights.slice();
      weights.set(averaged);
      averaged.set(kept);
    }
  }

  /** The average of a tensor of the model, in PyTorch's order. */
  read(tensor: Tensor): Float32Array {
    return tensor.readAt(this.#kernels, this.#placeOf(tensor));
  }

  /** Sets the average of a tensor, given in PyTorch's order. To continue another average, set it for every tensor. */
  write(tensor: Tensor, elements: ArrayLike<number>): void {
    tensor.writeAt(this.#kernels, this.#placeOf(tensor), elements);
    this.#begun = true;
  }

  #placeOf({ name, values }: Tensor): Pointer {
    const piece = this.#pieces.find((each) => values >= each.values && values < each.values + 4 * each.room);
    if (!piece) throw new Error(`the model has no tensor ${name}`);
    return piece.average + values - piece.values;
  }
}
