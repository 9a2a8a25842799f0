import type { PlacedLayer } from "../../network/layer.js";
import { isFlat } from "../../network/shape.js";
import type { Activations } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import { inOrder, type Tensor } from "../parameters.js";
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
  }

  /** Call it before a training batch's moments are added and its winners are selected by sign. */
  begin(): void {
    this.#clearTotals();
    this.#setSign();
  }

  /** Adds the moments of `images` images, image by image. */
  addMoments(x: Pointer, images: number, positions: number): void {
    this.#kernels.run.addMoments(x, images, positions, this.channels, this.totals);
  }

  /** Sets scale and shift from the batch of `count` positions, and moves the running statistics. */
  finish(count: number): void {
    this.#kernels.run.finishMoments(
      this.totals,
      count,
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

  /** Call it before gradients are added. */
  beginGradient(): void {
    this.#clearTotals();
  }

  addGradientMoments(gradient: Pointer, x: Pointer, images: number, positions: number): void {
    this.#kernels.run.addGradientMoments(
      gradient,
      x,
      images,
      positions,
      this.channels,
      this.#mean,
      this.#inverseDeviation,
      this.totals,
    );
  }

  /** ReLU's gradient and its moments: `kernels/normalization.ts` says what they are. */
  addReluGradientMoments(
    { y, gradient, masked }: { readonly y: Pointer; readonly gradient: Pointer; readonly masked: Pointer },
    x: Pointer,
    images: number,
    positions: number,
  ): void {
    this.#kernels.run.addReluGradientMoments(
      y,
      gradient,
      x,
      images,
      positions,
      this.channels,
      this.#mean,
      this.#inverseDeviation,
      this.totals,
      masked,
    );
  }

  /**
   * Adds the gradients of γ and β, and sets slope, offset and centre: with Σg = ∂L/∂β and Σgx̂ = ∂L/∂γ over n positions,
   * ∂L/∂x = γ/σ · (g − Σg/n − x̂ · Σgx̂/n).
   */
  finishGradient(count: number): void {
    const { channels } = this;
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
  }

  #row(pointer: Pointer): Float32Array {
    return this.#kernels.floats(pointer, this.channels);
  }
}
