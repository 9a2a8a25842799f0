import { roundUp, SLACK } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { ImageStudy } from "../operations/operation.js";
import { Lists, TILE } from "../products/lists.js";
import { BatchMoments } from "./batch-moments.js";
import type { ConvolutionContext, ConvolutionMethod } from "./method.js";
import type { Moments } from "./moments.js";
import { PatchMoments } from "./patch-moments.js";
import { PatchConvolution } from "./patches.js";
import type { GroupedGradients } from "./way-back.js";

/** The most channels for which the kernels can list winners: they count them in 16 bits. */
const MOST_LISTED = 65_535;

/** The convolution's outputs that max-pooling selects, and batch norm's numbers for each channel. */
export interface Pooling {
  /** The pooling windows of one image. */
  readonly windows: number;
  /** The padded channels: the floats of a row. */
  readonly channels: number;
  /** `[examples · windows, channels]`: the convolution's output at each window's winner. */
  readonly selected: Pointer;
  /** As in Normalization. */
  readonly sign: Pointer;
  readonly scale: Pointer;
  readonly shift: Pointer;
  readonly slope: Pointer;
  readonly offset: Pointer;
  readonly centre: Pointer;
}

/** The way back through a block's pooling and convolution, and the values that the forward pass keeps for it. */
export interface BlockGradient extends GroupedGradients {
  /** The memory for the convolution's output of the images from `first` on, in training. */
  output(first: number): Pointer;
  /** Selects the winners of `images` images' windows, in training. */
  select(first: number, images: number): void;
  /**
   * Call it before the gradients of examples are computed.
   *
   * @param batch  the examples of the batch, of which threads may have a part
   * @param gradient  ∂L/∂(batch norm's output) at the winners
   */
  begin(examples: number, batch: number, gradient: Pointer): void;
  /** The studies of the images that training needs. */
  readonly studies: readonly ImageStudy[];
  /** The moments of the batch's patches, where the gradient is computed from them. `measure` must come first. */
  readonly moments: Moments | undefined;
  /** Measures the images of a training batch that lie in the input. */
  measure(images: number): void;
}

/** Spreads the gradient over all pixels and sends it back through the whole convolution. */
export class DenseBlockGradient implements BlockGradient {
  readonly studies = [];
  readonly moments = undefined;
  readonly #kernels: KernelSpace;
  readonly #convolution: ConvolutionMethod;
  readonly #pooling: Pooling;
  readonly #imageBytes: number;
  readonly #pooledBytes: number;
  readonly #convolved: Pointer;
  /** Threads need the gradient of the convolution's output twice. */
  readonly #isKept: boolean;
  readonly #convolvedGradient: Pointer;
  readonly group: number;
  readonly sumsByGroup: boolean;
  #gradient: Pointer = 0;

  constructor({ build }: ConvolutionContext, convolution: ConvolutionMethod, pooling: Pooling) {
    const { kernels, examples } = build;
    const { pixels, group } = convolution;
    const { channels, windows } = pooling;
    this.#kernels = kernels;
    this.#convolution = convolution;
    this.#pooling = pooling;
    this.#imageBytes = pixels * channels * 4;
    this.#pooledBytes = windows * channels * 4;
    this.#convolved = kernels.allocate((examples * pixels + SLACK) * channels);
    this.#isKept = build.group !== undefined;
    this.#convolvedGradient = kernels.allocate(((this.#isKept ? examples : group) * pixels + SLACK) * channels);
    this.group = group;
    this.sumsByGroup = convolution.sumsByGroup;
  }

  get sums() {
    return this.#convolution.sums;
  }

  measure(): void {}

  output(first: number): Pointer {
    return this.#convolved + first * this.#imageBytes;
  }

  select(first: number, images: number): void {
    const { windows, channels, sign, selected } = this.#pooling;
    const to = selected + first * this.#pooledBytes;
    this.#kernels.run.selectFromWindows(this.output(first), images * windows, channels, sign, to);
  }

  begin(examples: number, _batch: number, gradient: Pointer): void {
    this.#gradient = gradient;
    if (this.#isKept) this.#spread(0, examples);
    this.#convolution.beginBackward();
  }

  readonly both = (first: number, images: number): void =>
    this.#convolution.backward(first, images, this.#gradientOf(first, images));

  readonly weights = (first: number, images: number): void =>
    this.#convolution.weightGradient(first, images, this.#gradientOf(first, images));

  readonly input = (first: number, images: number): void =>
    this.#convolution.inputGradient(first, images, this.#gradientOf(first, images));

  readonly end = (): void => this.#convolution.endBackward();

  /** The gradient of the convolution's output. */
  #gradientOf(first: number, images: number): Pointer {
    if (this.#isKept) return this.#convolvedGradient + first * this.#imageBytes;
    this.#spread(first, images);
    return this.#convolvedGradient;
  }

  #spread(first: number, images: number): void {
    const { windows, channels, selected, scale, slope, offset } = this.#pooling;
    const pooled = first * this.#pooledBytes;
    this.#kernels.run.spreadOverWindows(
      this.output(first),
      selected + pooled,
      this.#gradient + pooled,
      images * windows,
      channels,
      scale,
      slope,
      offset,
      this.#convolvedGradient,
    );
  }
}

/**
 * Follows the gradient back only through the winners, one pixel in four, and of these only through those that ReLU lets pass. The
 * convolution's output is not kept.
 *
 * Batch norm gives every pixel a gradient. Its share of the weights' gradient comes from the patches' moments. The input's gradient
 * has no such form, so with batch norm this serves only a first layer.
 */
export class SparseBlockGradient implements BlockGradient {
  readonly studies: readonly ImageStudy[];
  readonly moments: Moments | undefined;
  readonly #ofBatch: BatchMoments | undefined;
  readonly #kernels: KernelSpace;
  readonly #zeros: Pointer;
  readonly #patches: PatchConvolution;
  readonly #pooling: Pooling;
  readonly #wantsInput: boolean;
  readonly #pooledBytes: number;
  readonly #output: Pointer;
  /** i32 [examples · windows, channels]: each window's winning row, 0 … 3. */
  readonly #winners: Pointer;
  /** The tiles of the sparse product in a row of weights, [outputs][depth]. */
  readonly #tiles: number;
  readonly #rowBytes: number;
  readonly #weights: Pointer;
  readonly #weightsGradient: Pointer;
  readonly #byChannel: Lists;
  readonly #byRow: Lists;
  #batch = 0;
  #gradient: Pointer = 0;

  /** Whether few enough pixels have a gradient that following them takes less work than `convolution`. */
  static pays(context: ConvolutionContext, convolution: ConvolutionMethod, rectified: boolean): boolean {
    if (!context.build.shortcuts.includes("winners") || context.panels.columns > MOST_LISTED) return false;
    const { build, input, normalized } = context;
    if (normalized)
      return (
        !input.gradients &&
        convolution instanceof PatchConvolution &&
        PatchMoments.pays(convolution, input.size, build.changing === true)
      );
    return rectified || convolution instanceof PatchConvolution;
  }

  constructor(context: ConvolutionContext, convolution: ConvolutionMethod, pooling: Pooling) {
    const { kernels, examples, zeros } = context.build;
    const { windows, channels } = pooling;
    this.#kernels = kernels;
    this.#zeros = zeros;
    this.#patches = convolution instanceof PatchConvolution ? convolution : new PatchConvolution(context);
    this.#pooling = pooling;
    this.#wantsInput = context.input.gradients !== 0;
    const { group, pixels, panels } = this.#patches;
    this.#pooledBytes = windows * channels * 4;
    this.#output = kernels.allocate((convolution.group * pixels + SLACK) * channels);
    this.#winners = kernels.allocate((examples * windows + SLACK) * channels);
    this.#tiles = Math.ceil(panels.depth / TILE);
    const rowFloats = Math.max(this.#tiles * TILE, roundUp(panels.depth, 8));
    this.#rowBytes = rowFloats * 4;
    this.#weights = kernels.allocate(channels * rowFloats);
    this.#weightsGradient = kernels.allocate(channels * rowFloats);
    this.#byChannel = new Lists(kernels, channels, group * windows);
    this.#byRow = new Lists(kernels, group * pixels, channels);
    const isMeasuredAnew = context.build.changing === true && BatchMoments.serves(context);
    this.#ofBatch = context.normalized && isMeasuredAnew ? new BatchMoments(context, this.#patches) : undefined;
    const ofImages = context.normalized && !isMeasuredAnew ? new PatchMoments(context.build, this.#patches) : undefined;
    this.studies = ofImages ? [ofImages] : [];
    this.moments = (this.#ofBatch ?? ofImages)?.moments;
  }

  measure(images: number): void {
    this.#ofBatch?.measure(images);
  }

  output(): Pointer {
    return this.#output;
  }

  select(first: number, images: number): void {
    const { windows, channels, sign, selected } = this.#pooling;
    const at = first * this.#pooledBytes;
    this.#kernels.run.selectWinners(this.#output, images * windows, channels, sign, selected + at, this.#winners + at);
  }

  get group(): number {
    return this.#patches.group;
  }

  readonly sumsByGroup = false;

  get sums() {
    return { pointer: this.#weightsGradient, count: (this.#pooling.channels * this.#rowBytes) / 4 };
  }

  begin(_examples: number, batch: number, gradient: Pointer): void {
    this.#batch = batch;
    this.#gradient = gradient;
    const { weight, panelBytes, depth } = this.#patches.panels;
    const { channels } = this.#pooling;
    const { pointer, count } = this.sums;
    this.#kernels.floats(pointer, count).fill(0);
    if (!this.#wantsInput) return;
    this.#kernels.run.transpose(weight.values, 32, panelBytes, depth, channels, this.#weights, this.#rowBytes, 32);
  }

  readonly both = (first: number, images: number): void => {
    this.weights(first, images);
    this.input(first, images);
  };

  readonly end = (): void => {
    const { pixels, panels } = this.#patches;
    const { weight, panelBytes, depth } = panels;
    const { channels, slope, centre } = this.#pooling;
    this.#kernels.run.transpose(
      this.#weightsGradient,
      this.#rowBytes,
      32,
      channels,
      depth,
      weight.gradients,
      32,
      panelBytes,
    );
    this.moments?.addGradient(slope, centre, this.#batch * pixels);
  };

  /** Row c of ∂L/∂W += the patches at which channel c won, each times its gradient. */
  readonly weights = (first: number, images: number): void => {
    const { run } = this.#kernels;
    const { patches, patchBytes } = this.#patches;
    const { channels, windows, scale } = this.#pooling;
    const { start, bytes, counts } = this.#byChannel;
    const at = first * this.#pooledBytes;
    this.#patches.gather(first, images);
    run.listColumns(
      this.#gradient + at,
      this.#winners + at,
      images * windows,
      channels,
      scale,
      0,
      4 * patchBytes,
      patchBytes,
      start,
      bytes,
      counts,
    );
    run.sparseGemm(
      channels,
      this.#tiles,
      start,
      bytes,
      counts,
      patches,
      this.#weightsGradient,
      this.#rowBytes,
      TILE * 4,
      this.#weightsGradient,
      this.#rowBytes,
    );
  };

  /** The gradient of a patch = the weights of the channels that won there, each times its gradient. */
  readonly input = (first: number, images: number): void => {
    if (!this.#wantsInput) return;
    const { run } = this.#kernels;
    const { patches, patchBytes, pixels } = this.#patches;
    const { channels, windows, scale } = this.#pooling;
    const { start, bytes, counts } = this.#byRow;
    const at = first * this.#pooledBytes;
    run.listWinners(
      this.#gradient + at,
      this.#winners + at,
      images * windows,
      channels,
      scale,
      this.#rowBytes,
      start,
      bytes,
      counts,
    );
    run.sparseGemm(
      images * pixels,
      this.#tiles,
      start,
      bytes,
      counts,
      this.#weights,
      this.#zeros,
      0,
      0,
      patches,
      patchBytes,
    );
    this.#patches.scatter(first, images);
  };
}
