import type { PlacedLayer } from "../../network/layer.js";
import { isFlat } from "../../network/shape.js";
import type { Activations } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import { inOrder, type Tensor } from "../parameters.js";
import { Relay, type ThreadGroup } from "../thread-group.js";
import type { BuildContext } from "./operation.js";

// PyTorch's defaults.
const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/**
 * The arithmetic of batch norm on its numbers for each channel: y = scale · x + shift. The operations call kernels for the
 * activations between these steps.
 */
export class Normalization {
  readonly channels: number;
  /** f32 [channels]: y = scale · x + shift. */
  readonly scale: Pointer;
  readonly shift: Pointer;
  /** f32 [channels]: the sign of γ. */
  readonly sign: Pointer;
  /** f32 [channels]: ∂L/∂x = scale · ∂L/∂y + slope · x + offset = scale · ∂L/∂y + slope · (x − mean) + centre. */
  readonly slope: Pointer;
  readonly offset: Pointer;
  readonly centre: Pointer;
  /** f64 [2, channels]: Σx and Σx² in forward, Σ ∂L/∂y and Σ ∂L/∂y · x̂ in backward. */
  readonly totals: Pointer;
  readonly #gamma: Tensor;
  readonly #beta: Tensor;
  readonly #runningMean: Tensor;
  readonly #runningVariance: Tensor;
  readonly #mean: Pointer;
  readonly #inverseDeviation: Pointer;
  readonly #kernels: KernelSpace;
  /**
   * Where threads divide a batch. All but the first add their examples to the totals of the threads before, so they keep those of
   * each: f64 [examples, 2, channels].
   */
  readonly #divided: { readonly group: ThreadGroup; readonly relay: Relay; readonly totals: Pointer } | undefined;
  /** The examples that were added, of this thread's. */
  #added = 0;

  constructor(context: BuildContext, placed: PlacedLayer, input: Activations) {
    const { kernels, tensors } = context;
    this.#kernels = kernels;
    this.channels = isFlat(input.shape) ? input.size : input.stride;
    const places = isFlat(input.shape) ? input.positions : inOrder(input.shape.channels);
    const positions = () => places;
    this.#gamma = tensors.parameter(placed, "weight", this.channels, positions);
    this.#beta = tensors.parameter(placed, "bias", this.channels, positions);
    this.#runningMean = tensors.buffer(placed, "running_mean", this.channels, positions);
    this.#runningVariance = tensors.buffer(placed, "running_var", this.channels, positions);
    const row = () => kernels.allocate(this.channels);
    this.scale = row();
    this.shift = row();
    this.sign = row();
    this.slope = row();
    this.offset = row();
    this.centre = row();
    this.#mean = row();
    this.#inverseDeviation = row();
    this.totals = kernels.allocate(4 * this.channels);
    const { group, examples } = context;
    if (group)
      this.#divided = {
        group,
        relay: new Relay(group, kernels, () => [{ pointer: this.totals, count: 4 * this.channels }]),
        totals: group.rank > 0 ? kernels.allocate(4 * this.channels * examples) : 0,
      };
  }

  /** Call it before a training batch's moments are added and its winners are selected by sign. */
  begin(): void {
    this.#clearTotals();
    this.#setSign();
  }

  /** Adds the moments of `images` images, image by image. */
  addMoments(x: Pointer, images: number, positions: number): void {
    this.#add(images, positions, (image, count, totals) =>
      this.#kernels.run.addMoments(x + image, count, positions, this.channels, totals),
    );
  }

  /**
   * Sets scale and shift from the batch, and moves the running statistics. An image of `examples` has `positions`.
   *
   * @param ofBatch  whether `totals` are the whole batch's, and not what `addMoments` added
   */
  finish(examples: number, positions: number, ofBatch = false): void {
    if (!ofBatch) this.#sumTotals();
    this.#kernels.run.finishMoments(
      this.totals,
      this.#all(examples) * positions,
      this.channels,
      EPSILON,
      MOMENTUM,
      this.#mean,
      this.#inverseDeviation,
      this.#runningMean.values,
      this.#runningVariance.values,
    );
    const mean = this.#row(this.#mean);
    const inverseDeviation = this.#row(this.#inverseDeviation);
    this.#setScale(
      (c) => inverseDeviation[c] as number,
      (c) => mean[c] as number,
    );
  }

  /** Sets scale, shift and sign from the running statistics and the current γ. */
  useRunning(): void {
    this.#setSign();
    const mean = this.#row(this.#runningMean.values);
    const variance = this.#row(this.#runningVariance.values);
    this.#setScale(
      (c) => 1 / Math.sqrt((variance[c] as number) + EPSILON),
      (c) => mean[c] as number,
    );
  }

  /** Call it behind `finish`, before gradients are added. */
  beginGradient(): void {
    this.#clearTotals();
  }

  addGradientMoments(gradient: Pointer, x: Pointer, images: number, positions: number): void {
    this.#add(images, positions, (image, count, totals) =>
      this.#kernels.run.addGradientMoments(
        gradient + image,
        x + image,
        count,
        positions,
        this.channels,
        this.#mean,
        this.#inverseDeviation,
        totals,
      ),
    );
  }

  /** ReLU's gradient and its moments: `kernels/normalization.ts` says what they are. */
  addReluGradientMoments(
    { y, gradient, masked }: { readonly y: Pointer; readonly gradient: Pointer; readonly masked: Pointer },
    x: Pointer,
    images: number,
    positions: number,
  ): void {
    this.#add(images, positions, (image, count, totals) =>
      this.#kernels.run.addReluGradientMoments(
        y + image,
        gradient + image,
        x + image,
        count,
        positions,
        this.channels,
        this.#mean,
        this.#inverseDeviation,
        totals,
        masked + image,
      ),
    );
  }

  /**
   * Adds the gradients of γ and β, and sets slope, offset and centre: with Σg = ∂L/∂β and Σgx̂ = ∂L/∂γ over n positions,
   * ∂L/∂x = γ/σ · (g − Σg/n − x̂ · Σgx̂/n). An image of `examples` has `positions`.
   */
  finishGradient(examples: number, positions: number): void {
    this.#sumTotals();
    const { channels } = this;
    const count = this.#all(examples) * positions;
    const totals = this.#kernels.doubles(this.totals, 2 * channels);
    const [gammaGradient, betaGradient] = [this.#row(this.#gamma.gradients), this.#row(this.#beta.gradients)];
    const [mean, inverseDeviation] = [this.#row(this.#mean), this.#row(this.#inverseDeviation)];
    const [scale, slope] = [this.#row(this.scale), this.#row(this.slope)];
    const [offset, centre] = [this.#row(this.offset), this.#row(this.centre)];
    for (let c = 0; c < channels; c++) {
      const sum = totals[c] as number;
      const products = totals[channels + c] as number;
      betaGradient[c] = (betaGradient[c] as number) + sum;
      gammaGradient[c] = (gammaGradient[c] as number) + products;
      const steepness = (-(scale[c] as number) * products * (inverseDeviation[c] as number)) / count;
      slope[c] = steepness;
      const atMean = (-(scale[c] as number) * sum) / count;
      centre[c] = atMean;
      offset[c] = atMean - steepness * (mean[c] as number);
    }
  }

  #setSign(): void {
    const sign = this.#row(this.sign);
    this.#row(this.#gamma.values).forEach((gamma, c) => {
      sign[c] = Math.sign(gamma);
    });
  }

  #setScale(inverseDeviation: (channel: number) => number, mean: (channel: number) => number): void {
    const [scale, shift] = [this.#row(this.scale), this.#row(this.shift)];
    const [gamma, beta] = [this.#row(this.#gamma.values), this.#row(this.#beta.values)];
    for (let c = 0; c < this.channels; c++) {
      const factor = (gamma[c] as number) * inverseDeviation(c);
      scale[c] = factor;
      shift[c] = (beta[c] as number) - mean(c) * factor;
    }
  }

  #clearTotals(): void {
    this.#kernels.floats(this.totals, 4 * this.channels).fill(0);
    this.#added = 0;
    const each = this.#divided?.totals;
    if (each) this.#kernels.floats(each, 4 * this.channels * (this.#divided?.group.own.count ?? 0)).fill(0);
  }

  /**
   * Adds images to the totals, or each to its own behind other threads' images.
   *
   * @param add  adds `count` images, the first of which is so many bytes behind the first of all
   */
  #add(images: number, positions: number, add: (image: number, count: number, totals: Pointer) => void): void {
    const each = this.#divided?.totals;
    if (!each) {
      add(0, images, this.totals);
      return;
    }
    for (let image = 0; image < images; image++)
      add(image * positions * this.channels * 4, 1, each + this.#added++ * 16 * this.channels);
  }

  /** Adds the totals of all threads' images in their order, as the kernels do. */
  #sumTotals(): void {
    this.#divided?.relay.sum(() => {
      if (this.#added === 0) return;
      const count = 2 * this.channels;
      const sums = this.#kernels.doubles(this.totals, count);
      const each = this.#kernels.doubles(this.#divided?.totals ?? 0, count * this.#added);
      for (let image = 0; image < this.#added; image++)
        for (let i = 0; i < count; i++) sums[i] = (sums[i] as number) + (each[image * count + i] as number);
    });
  }

  /** The examples of the batch, of which this thread has so many. */
  #all(examples: number): number {
    return this.#divided?.group.all ?? examples;
  }

  #row(pointer: Pointer): Float32Array {
    return this.#kernels.floats(pointer, this.channels);
  }
}
