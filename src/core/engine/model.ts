import type { PixelScale } from "../data/normalization.js";
import type { Pairs } from "../data/pairs.js";
import { lessOrEqual, type Relation } from "../data/relations.js";
import { startingValues } from "../network/initialize.js";
import { type InputSpec, type Network, type PlacedNetwork, placeNetwork } from "../network/network.js";
import { Stream } from "../random/index.js";
import { type Activations, allocateImages, type Images, roundUp, sideBySide } from "./activations.js";
import type { Kernels, Pointer } from "./kernels.js";
import type { Operation } from "./operations/operation.js";
import { type Tensor, TensorSpace } from "./parameters.js";
import { plan } from "./plan.js";
import { allShortcuts, type Shortcut } from "./shortcuts.js";
import { Studies } from "./studies.js";

/** Activations that a loss is taken of. */
interface Logits extends Activations {
  /** i32 [classes]: `positions`, in the kernels' memory. */
  readonly columns: Pointer;
  /** i32 [rows]: the class of each row's largest logit, written by `#winners`. */
  readonly winners: Pointer;
}

/** Pairs in the kernels' memory, scaled and laid out for one model. */
export interface LoadedPairs {
  readonly count: number;
  readonly images: Pointer;
  /** What a pixel of 0 has become, and the part of pixels that are not 0. */
  readonly background: number;
  readonly density: number;
  readonly targets: Uint8Array;
  readonly classes: Uint8Array;
}

export interface Evaluation {
  /** Mean loss of a pair, as in training. */
  readonly loss: number;
  /** Pairs whose relation the network gets wrong. */
  readonly errors: number;
}

export interface ModelOptions {
  /** The most pairs in a batch. */
  readonly batchSize: number;
  /** Dropout's rate where a layer has none; default 0.5. */
  readonly dropout?: number;
  readonly relation?: Relation;
  /** false runs every layer by itself; default true. */
  readonly fuse?: boolean;
  /** Ways to save operations; default all, none for every product in full. */
  readonly shortcuts?: readonly Shortcut[];
}

/**
 * A network with its weights in the memory of one kernel instance. It computes losses and gradients for batches of pairs;
 * an optimizer changes the weights.
 */
export class Model {
  readonly network: PlacedNetwork;
  readonly tensors = new TensorSpace();
  readonly #batchSize: number;
  readonly #relation: Relation;
  readonly #images: Images;
  readonly #trunk: Operation[];
  readonly #head: Operation[];
  /** Digit logits of both images, [2 · pairs, classes]. */
  readonly #digits: Logits | undefined;
  /** Logits of the relation, [pairs, 2]. */
  readonly #answer: Logits | undefined;
  readonly #targets: Pointer;
  readonly #digitClasses: Pointer;
  /** i32 [4, 4]: the state of the dropout stream, which `initialize` starts. */
  readonly dropoutState: Pointer;
  /** Training batches that batch norm's running statistics have seen; set with them where they come from elsewhere. */
  batchesTracked = 0;
  readonly #studies: Studies;

  /** @throws InvalidRequest when the network does not fit the input. */
  constructor(
    readonly kernels: Kernels,
    network: Network,
    input: InputSpec,
    { batchSize, dropout = 0.5, relation = lessOrEqual, fuse = true, shortcuts = allShortcuts }: ModelOptions,
  ) {
    this.network = placeNetwork(network, input);
    this.#batchSize = batchSize;
    this.#relation = relation;
    this.dropoutState = kernels.allocate(16);
    const shared = {
      kernels,
      tensors: this.tensors,
      dropout,
      shortcuts,
      dropoutState: this.dropoutState,
      zeros: kernels.allocate(32),
    };
    const { trunk, head } = this.network;

    const first = (trunk[0] ?? head[0])?.layer.kind;
    const sides = trunk.length > 0 ? 1 : 2;
    const seen = { height: input.height, width: input.width, channels: sides * input.channels };
    // Convolutions and flattening read pixels as they are; other layers work on whole vectors of channels.
    const dense = first === "convolution" || first === "flatten";
    const stride = dense ? seen.channels : roundUp(seen.channels, 8);
    this.#images = allocateImages(kernels, seen, stride, (2 / sides) * batchSize);

    this.#trunk = plan({ ...shared, examples: 2 * batchSize }, trunk, this.#images, fuse);
    const features = this.#trunk.at(-1)?.output;
    this.#head = plan({ ...shared, examples: batchSize }, head, features ? sideBySide(features) : this.#images, fuse);
    const answer = this.#head.at(-1)?.output;
    this.#digits = features && this.network.hasDigits ? asLogits(kernels, features, 2 * batchSize) : undefined;
    this.#answer = answer && asLogits(kernels, answer, batchSize);

    this.#targets = kernels.allocate(batchSize);
    this.#digitClasses = kernels.allocate(2 * batchSize);
    this.tensors.place(kernels);
    this.#studies = new Studies(kernels, 2 / sides, (pairs, pair) => this.#fill(pairs, [pair]));
  }

  /** Draws starting weights and starts the dropout stream, both from one seed. */
  initialize(seed: number): void {
    const stream = new Stream(seed, "initialization");
    for (const tensor of [...this.tensors.parameters, ...this.tensors.buffers])
      tensor.write(this.kernels, startingValues(tensor.spec, stream));
    const masks = new Stream(seed, "dropout");
    const state = this.kernels.integers(this.dropoutState, 16);
    for (let word = 0; word < 16; word++) state[word] = masks.bits();
  }

  /** Copies pairs into the kernels' memory, scaled. */
  load(pairs: Pairs, { mean, deviation }: PixelScale): LoadedPairs {
    const { count, height, width, channels, images, targets, classes } = pairs;
    const { stride, size } = this.#images;
    const shared = this.#trunk.length > 0;
    const pairFloats = this.#pairFloats;
    const pointer = this.kernels.allocate(count * pairFloats);
    const floats = this.kernels.floats(pointer, count * pairFloats);
    const pixels = height * width;
    let from = 0;
    let blank = 0;
    for (let pair = 0; pair < count; pair++)
      for (let side = 0; side < 2; side++)
        for (let channel = 0; channel < channels; channel++) {
          let to = pair * pairFloats + channel + side * (shared ? size : channels);
          for (let pixel = 0; pixel < pixels; pixel++, to += stride) {
            const value = images[from++] as number;
            if (value === 0) blank++;
            floats[to] = (value - mean) / deviation;
          }
        }
    const background = Math.fround((0 - mean) / deviation);
    return { count, images: pointer, background, density: 1 - blank / from, targets, classes };
  }

  /**
   * Computes the mean loss of a batch in training mode, and its gradient for every parameter.
   *
   * @param batch  indices into `pairs`, at most `batchSize`
   */
  gradient(pairs: LoadedPairs, batch: ArrayLike<number>): number {
    this.#begin(pairs, batch, true);
    this.#forward(batch.length, true);
    this.batchesTracked++;
    this.kernels.floats(this.tensors.gradients, this.tensors.room).fill(0);
    const loss = this.#loss(batch.length, true);
    for (const operation of this.#head.toReversed()) operation.backward(batch.length);
    // The digits' loss adds to what the head sent back.
    const digitLoss = this.#digitLoss(batch.length, true);
    for (const operation of this.#trunk.toReversed()) operation.backward(2 * batch.length);
    return (loss + digitLoss) / batch.length;
  }

  /** Mean loss and errors over pairs, in evaluation mode. */
  evaluate(pairs: LoadedPairs): Evaluation {
    let loss = 0;
    let errors = 0;
    for (let start = 0; start < pairs.count; start += this.#batchSize) {
      const length = Math.min(this.#batchSize, pairs.count - start);
      const batch = Uint32Array.from({ length }, (_, i) => start + i);
      this.#begin(pairs, batch, false);
      this.#forward(length, false);
      loss += this.#loss(length, false) + this.#digitLoss(length, false);
      errors += this.#errors(length, pairs.targets, start);
    }
    return { loss: loss / pairs.count, errors };
  }

  /** Every tensor of the network, batch norm's running statistics included, in the order of the layers. */
  state(): Tensor[] {
    const order = [...this.network.trunk, ...this.network.head].map(({ name }) => name);
    const layerOf = ({ name }: Tensor) => order.indexOf(name.slice(0, name.lastIndexOf(".")));
    return [...this.tensors.parameters, ...this.tensors.buffers].sort((a, b) => layerOf(a) - layerOf(b));
  }

  get #pairFloats(): number {
    return this.#images.size * (this.#trunk.length > 0 ? 2 : 1);
  }

  #fill(pairs: LoadedPairs, batch: ArrayLike<number>): void {
    const floats = this.#pairFloats;
    const targets = this.kernels.integers(this.#targets, batch.length);
    const classes = this.kernels.integers(this.#digitClasses, 2 * batch.length);
    for (let i = 0; i < batch.length; i++) {
      const pair = batch[i] as number;
      this.kernels.copy(pairs.images + pair * floats * 4, this.#images.values + i * floats * 4, floats);
      targets[i] = pairs.targets[pair] as number;
      classes[2 * i] = pairs.classes[2 * pair] as number;
      classes[2 * i + 1] = pairs.classes[2 * pair + 1] as number;
    }
  }

  /** Fills a batch, and tells the first operation what it wants to know of the images. */
  #begin(pairs: LoadedPairs, batch: ArrayLike<number>, training: boolean): void {
    this.#announce(pairs);
    const first = this.#trunk[0] ?? this.#head[0];
    if (first?.studies) this.#studies.begin(first.studies, pairs, batch, training);
    this.#fill(pairs, batch);
  }

  /** Tells the operations how much of these images is background. */
  #announce({ background, density }: LoadedPairs): void {
    Object.assign(this.#images.sparsity, { background, training: density, evaluation: density });
  }

  #forward(pairs: number, training: boolean): void {
    for (const operation of this.#trunk) operation.forward(2 * pairs, training);
    for (const operation of this.#head) operation.forward(pairs, training);
  }

  /** Summed cross-entropy of the relation; 0 without a head. Starts the gradient of whatever the loss reaches first. */
  #loss(pairs: number, training: boolean): number {
    const target = this.#answer ?? this.#digits;
    if (training && target) {
      const rows = this.#answer ? pairs : 2 * pairs;
      this.kernels.floats(target.gradients, rows * target.size).fill(0);
    }
    if (!this.#answer) return 0;
    return this.#crossEntropy(this.#answer, pairs, this.#targets, 1 / pairs, training);
  }

  /** Summed and weighted cross-entropy of the digits; 0 without an auxiliary weight. */
  #digitLoss(pairs: number, training: boolean): number {
    const weight = this.network.auxiliaryWeight;
    if (!this.#digits || weight === 0) return 0;
    return weight * this.#crossEntropy(this.#digits, 2 * pairs, this.#digitClasses, weight / pairs, training);
  }

  #crossEntropy(logits: Logits, rows: number, labels: Pointer, weight: number, training: boolean): number {
    const { values, gradients, size, columns, positions } = logits;
    return this.kernels.run.crossEntropy(
      values,
      rows,
      positions.length,
      size,
      columns,
      labels,
      weight,
      training ? gradients : 0,
    );
  }

  /** Pairs of the batch, of whose targets `start` is the first, that the network gets wrong. */
  #errors(pairs: number, targets: Uint8Array, start: number): number {
    const answer = this.#answer && this.#winners(this.#answer, pairs);
    const digits = answer ? undefined : this.#winners(this.#digits as Logits, 2 * pairs);
    let errors = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const holds = digits
        ? Number(this.#relation.holds(digits[2 * pair] as number, digits[2 * pair + 1] as number))
        : answer?.[pair];
      if (holds !== targets[start + pair]) errors++;
    }
    return errors;
  }

  /** The class of each row's largest logit, the first of equal ones. */
  #winners({ values, size, positions, columns, winners }: Logits, rows: number): Int32Array {
    this.kernels.run.likeliest(values, rows, positions.length, size, columns, winners);
    return this.kernels.integers(winners, rows);
  }
}

function asLogits(kernels: Kernels, activations: Activations, rows: number): Logits {
  const { length } = activations.positions;
  const columns = kernels.allocate(length);
  const winners = kernels.allocate(rows);
  kernels.integers(columns, length).set(activations.positions);
  return { ...activations, columns, winners };
}
