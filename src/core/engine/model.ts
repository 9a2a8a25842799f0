import { anything, fields, flag, instanceOf, listOf, oneOf, optional, within } from "../checks.js";
import type { Augmentation } from "../data/augmentation.js";
import { checkPairs, checkScale } from "../data/check-pairs.js";
import type { PixelScale } from "../data/normalization.js";
import type { Pairs } from "../data/pairs.js";
import { lessOrEqual, type Relation } from "../data/relations.js";
import { InvalidRequest } from "../errors.js";
import { setBit } from "../formats/bits.js";
import { SEEDS } from "../limits.js";
import { checkDigitSettings, checkKnownClasses, type DigitSettings } from "../network/digit-settings.js";
import { startingValues } from "../network/initialize.js";
import { type InputSpec, layersOf, type Network, type PlacedNetwork } from "../network/network.js";
import { placeNetwork } from "../network/place-network.js";
import { Stream } from "../random/streams.js";
import { SETTING_LIMITS } from "../settings/table.js";
import { type Activations, sideBySide } from "./activations.js";
import { checkSpace, type KernelSpace, type Pointer } from "./kernels.js";
import { asLogits, type Logits, likeliest } from "./logits.js";
import { Loss } from "./loss.js";
import type { ImageStudy } from "./operations/operation.js";
import { type AugmenterRoom, type PairsShape, placeAugmenter } from "./pairs/augmenter.js";
import { ChangingPairs, type PairChanges } from "./pairs/changing-pairs.js";
import type { LoadedPairs, PairRoom } from "./pairs/loaded-pairs.js";
import { PairInput } from "./pairs/pair-input.js";
import { checkPartners, Partners } from "./pairs/partners.js";
import { PassingPairs } from "./pairs/passing-pairs.js";
import { ShiftedViews } from "./pairs/views.js";
import { type Tensor, TensorSpace } from "./parameters.js";
import { type Chain, partOf, type Trunk, trunkOf } from "./parts.js";
import { type Inside, type Outputs, readExamples, readPart, writeExamples } from "./readings.js";
import { allShortcuts, type Shortcut } from "./shortcuts.js";
import type { ThreadGroup } from "./thread-group.js";

/** The loss, the errors and the answers of a model on pairs. */
export interface Evaluation {
  /** The mean loss of a pair in nats, computed as in training but without label smoothing, and with views where they are set. */
  readonly loss: number;
  /** The number of pairs that the network decides wrong. */
  readonly errors: number;
  /** The number of pairs that it says yes to: of which it decides that the relation holds. */
  readonly yes: number;
}

/** Options of a `Model`. */
export interface ModelOptions extends DigitSettings {
  /** The most pairs in a batch. */
  readonly batchSize: number;
  /** The most pairs in a training batch; default `batchSize`. */
  readonly trainingBatch?: number;
  /** The rate of dropout layers that have none of their own; default 0.5. */
  readonly dropout?: number;
  /** Default `lessOrEqual`. */
  readonly relation?: Relation;
  /** Whether layers are fused where they can be; default true. `inside` needs false. */
  readonly fuse?: boolean;
  /** Ways to save operations; default all. With an empty list every product is computed in full. */
  readonly shortcuts?: readonly Shortcut[];
  /**
   * Whether training is on images that change (`loadChanging`); default false. It decides what is measured of images, and with it
   * the last bits of training: those of a first block of convolution, batch norm and max-pooling over images of one channel without
   * padding, and of one with patches of more than 64 numbers.
   */
  readonly changing?: boolean;
  /** The most other images of its batch that an image is paired with in training; default 1, its own partner. */
  readonly partners?: number;
  /** The threads that train the network together, of which this is one. Its trunk's first layers are divided where they can be. */
  readonly group?: ThreadGroup;
}

/** A batch may have more pairs than the setting allows: evaluation may take all pairs at once. */
const BATCH = { ...SETTING_LIMITS.batchSize, most: SETTING_LIMITS.trainPairs.most };
const OPTIONS = fields(
  {
    batchSize: within(BATCH),
    trainingBatch: optional(within(BATCH)),
    dropout: optional(within(SETTING_LIMITS.dropout)),
    relation: anything,
    fuse: optional(flag),
    shortcuts: optional(listOf(oneOf(allShortcuts))),
    labelSmoothing: anything,
    labelFraction: anything,
    views: anything,
    changing: optional(flag),
    partners: optional(within(SETTING_LIMITS.partners)),
    group: anything,
  },
  "option",
);

/**
 * A network with its weights in the memory of one kernel instance. It computes losses and gradients for batches of pairs. An
 * optimizer changes the weights.
 */
export class Model {
  readonly network: PlacedNetwork;
  readonly tensors = new TensorSpace();
  readonly #batchSize: number;
  /** The relation of the pairs. */
  readonly relation: Relation;
  readonly #fuse: boolean;
  readonly #input: PairInput;
  /** Absent where the head sees the images. */
  readonly #trunk: Trunk | undefined;
  readonly #head: Chain | undefined;
  /** `[2 · pairs, classes]`: the digit logits of both images, by which the pair is decided. */
  readonly #digits: Logits | undefined;
  /** `[pairs, 2]`: the logits of the relation. */
  readonly #answer: Logits | undefined;
  readonly #loss: Loss;
  readonly #views: ShiftedViews | undefined;
  /** Absent where images are paired only with their own partners. */
  readonly #partners: Partners | undefined;
  /** i32 [4, 4]: the state of the dropout stream, which `initialize` starts. */
  readonly dropoutState: Pointer;
  /** How many training batches batch norm's running statistics have seen. Set it when you set them. */
  batchesTracked = 0;

  /** @throws InvalidRequest where the network does not fit the input or the kernels' memory, or an option does not fit the network */
  constructor(
    readonly kernels: KernelSpace,
    network: Network,
    input: InputSpec,
    options: ModelOptions,
  ) {
    checkSpace(kernels, "kernels");
    OPTIONS(options, "");
    const { batchSize, trainingBatch = batchSize, dropout = 0.5, relation = lessOrEqual, fuse = true } = options;
    const {
      shortcuts = allShortcuts,
      labelSmoothing = 0,
      labelFraction = 1,
      views,
      changing = false,
      partners = 1,
      group,
    } = options;
    this.network = placeNetwork(network, input);
    checkDigitSettings(this.network, { labelSmoothing, labelFraction, ...(views && { views }) });
    this.#batchSize = batchSize;
    this.relation = relation;
    this.#fuse = fuse;
    this.dropoutState = kernels.allocate(16);
    const context = {
      kernels,
      tensors: this.tensors,
      dropout,
      shortcuts,
      changing,
      dropoutState: this.dropoutState,
      zeros: kernels.allocate(32),
      relation,
      batchSize,
      fuse,
      ...(group && { group }),
    };
    const { group: _, ...ofAll } = context;
    const { head, hasDigits } = this.network;
    this.#input = new PairInput(kernels, this.network, input, batchSize, group);
    this.#trunk = trunkOf(context, this.network, this.#input);
    const features = this.#trunk?.output;
    checkKnownClasses({ labelFraction, partners });
    checkPartners(this.network, partners);
    const meetings = partners > 1 ? 2 * trainingBatch * Math.min(partners, 2 * trainingBatch - 1) : 0;
    const headRows = Math.max(batchSize, meetings);
    if (features && partners > 1) this.#partners = new Partners(kernels, features, headRows, relation);
    const seenByHead = this.#partners?.input ?? (features ? sideBySide(features) : this.#input.images[0]);
    this.#head =
      head.length > 0
        ? partOf({ ...(features ? ofAll : context), batchSize: headRows }, head, seenByHead, 1)
        : undefined;
    const digits = (of: Activations) => asLogits(kernels, of, 2 * batchSize);
    this.#digits = features && hasDigits ? digits(features) : undefined;
    const learners = hasDigits ? (this.#trunk?.learners ?? []).map(digits) : [];
    this.#answer = this.#head && asLogits(kernels, this.#head.output, headRows);
    const logits = { digits: this.#digits, learners, answer: this.#answer };
    this.#loss = new Loss(kernels, this.network, logits, this.#input, { labelSmoothing, labelFraction });
    if (views && this.#trunk && this.#digits)
      this.#views = new ShiftedViews(kernels, this.#input, this.#trunk, this.#digits, batchSize);
    this.tensors.place(kernels);
  }

  /** Draws the starting weights and starts the dropout stream, both from the same seed where no other is given for dropout. */
  initialize(seed: number, dropoutSeed = seed): void {
    within(SEEDS)(seed, "seed");
    within(SEEDS)(dropoutSeed, "dropoutSeed");
    const stream = new Stream(seed, "initialization");
    for (const tensor of [...this.tensors.parameters, ...this.tensors.buffers])
      tensor.write(this.kernels, startingValues(tensor.spec, stream));
    const masks = new Stream(dropoutSeed, "dropout");
    const state = this.kernels.integers(this.dropoutState, 16);
    for (let word = 0; word < 16; word++) state[word] = masks.bits();
  }

  /**
   * Takes memory for `count` pairs. With `training: false` they can only be evaluated.
   *
   * @throws MemoryShortage, an InvalidRequest, where there is not enough
   */
  place(count: number, { training = true }: { readonly training?: boolean } = {}): PairRoom {
    return this.#input.place(count, this.#studies, training);
  }

  /**
   * Copies pairs into the kernels' memory and scales them.
   *
   * @param what  the name of the pairs in error messages
   * @param room  from `place`; by default it is taken here
   * @throws InvalidRequest where pairs or scale are invalid, the network sees images of another size, or there is not enough memory
   */
  load(pairs: Pairs, scale: PixelScale, what = "pairs", room?: PairRoom): LoadedPairs {
    checkPairs(pairs, what);
    checkScale(scale);
    this.#input.requireSize(pairs, what);
    return this.#input.load(pairs, scale, what, room ?? this.place(pairs.count));
  }

  /**
   * Takes memory to train on images or pairs that change.
   *
   * @throws InvalidRequest where there is not enough, or a value of the augmentation is out of range
   */
  placeChanging(pairs: PairsShape, augmentation: Augmentation = {}): AugmenterRoom {
    this.#input.placeStudies(this.#studies);
    return placeAugmenter(this.kernels, pairs, augmentation);
  }

  /**
   * Copies raw pairs into the kernels' memory, to train on images or pairs that change.
   *
   * @param room  from `placeChanging`; by default it is taken here
   * @throws InvalidRequest as `load` does, and where a value of the augmentation is out of range
   */
  loadChanging(pairs: Pairs, scale: PixelScale, changes: PairChanges, room?: AugmenterRoom): ChangingPairs {
    checkPairs(pairs, "pairs");
    checkScale(scale);
    this.#input.requireSize(pairs, "pairs");
    const taken = room ?? this.placeChanging(pairs, changes.augmentation);
    return new ChangingPairs(this.kernels, pairs, scale, this.relation, changes, taken);
  }

  /**
   * Computes the loss of a batch in training mode and its gradient with respect to every parameter.
   *
   * @param batch      indices into `pairs`: 1 to `batchSize`
   * @param distances  only with the option `partners`, at most so many: image i of the batch is paired with image i + distance for
   *   each of them
   * @returns the mean over pairs, in nats; the digits' losses of several members are added
   * @throws InvalidRequest where the batch is empty or too large, or has an index that is out of range
   */
  gradient(pairs: LoadedPairs | ChangingPairs, batch: ArrayLike<number>, distances?: ArrayLike<number>): number {
    this.#checkBatch(pairs, batch);
    this.#begin(pairs, batch, true);
    const trained = this.network.pairWeight > 0 ? this.#head : undefined;
    const images = 2 * batch.length;
    this.#trunk?.forward(batch.length, true);
    const partners = distances && this.#partners;
    const rows = partners ? partners.meet(images, distances, this.#input.classes) : batch.length;
    if (!partners) this.#partners?.asPairs(batch.length);
    trained?.forward(rows, true);
    this.batchesTracked++;
    this.kernels.floats(this.tensors.gradients, this.tensors.room).fill(0);
    const loss = this.#loss.ofPairs(batch.length, true, rows, partners ? partners.targets : this.#input.targets);
    trained?.backward(rows);
    if (partners) partners.sendBack(images, distances);
    else if (trained) this.#partners?.fromPairs(batch.length);
    // The digits' loss adds to the gradients that the head sent back.
    const digitLoss = this.#loss.learnDigits(batch, pairs.count);
    this.#trunk?.backward(batch.length);
    return (loss + digitLoss) / batch.length;
  }

  /**
   * The mean loss, the errors and the answers over all pairs, in evaluation mode.
   *
   * @param wrong  bits, all 0, of which those of the pairs that the network decides wrong are set (`formats/bits.ts`)
   */
  evaluate(pairs: LoadedPairs | PassingPairs, wrong?: Uint8Array): Evaluation {
    if (pairs instanceof PassingPairs) this.#input.requireSize(pairs.pairs, "pairs");
    let loss = 0;
    let [errors, yes] = [0, 0];
    for (const { start, length } of this.#batches(pairs.count)) {
      this.#see(pairs, start, length);
      loss += this.#loss.ofPairs(length, false) + this.#loss.ofDigits(length);
      const decided = this.#decided(length, pairs.targets, start, wrong);
      errors += decided.errors;
      yes += decided.yes;
    }
    return { loss: loss / pairs.count, errors, yes };
  }

  /** The features and logits by which each pair is decided, in evaluation mode. */
  outputs(pairs: LoadedPairs | PassingPairs): Outputs {
    if (pairs instanceof PassingPairs) this.#input.requireSize(pairs.pairs, "pairs");
    const [trunk, head] = [this.#trunk?.output, this.#head?.output];
    const features = trunk && new Float32Array(2 * pairs.count * trunk.positions.length);
    const answers = head && new Float32Array(2 * pairs.count);
    for (const { start, length } of this.#batches(pairs.count)) {
      this.#see(pairs, start, length);
      if (trunk) features?.set(readExamples(this.kernels, trunk, 0, 2 * length), 2 * start * trunk.positions.length);
      if (head) answers?.set(readExamples(this.kernels, head, 0, length), 2 * start);
    }
    return { ...(features && { features }), ...(answers && { answers }) };
  }

  /**
   * The head's answers to any features, in evaluation mode.
   *
   * @param features  [rows, 2, features], as `outputs` gives them
   * @returns [rows, 2], the logits
   * @throws InvalidRequest where there is no head behind a trunk, or the length is not a multiple of the features of a pair
   */
  answersTo(features: Float32Array): Float32Array {
    const head = this.#head;
    if (!head || !this.#trunk)
      throw new InvalidRequest("only a head behind a trunk answers features: this network has none");
    const seen = head.input.positions.length;
    if (features.length % seen !== 0)
      throw new InvalidRequest(
        `the head sees ${seen} features of a pair: ${features.length} is not a multiple of that`,
      );
    const answers = new Float32Array((2 * features.length) / seen);
    for (const { start, length } of this.#batches(features.length / seen)) {
      writeExamples(this.kernels, head.input, features.subarray(start * seen, (start + length) * seen));
      head.forward(length, false);
      answers.set(readExamples(this.kernels, head.output, 0, length), 2 * start);
    }
    return answers;
  }

  /**
   * The activations of every layer for one pair, in evaluation mode.
   *
   * @param pair  its index in `pairs`
   * @throws InvalidRequest where the model was not made with `fuse: false`, or the index is out of range
   */
  inside(pairs: LoadedPairs | PassingPairs, pair: number): Inside {
    if (this.#fuse) throw new InvalidRequest("a model whose layers are fused cannot be read: make it with fuse: false");
    const { kernels, network } = this;
    const { trunks, separate } = network;
    this.#checkBatch(pairs, [pair]);
    if (pairs instanceof PassingPairs) this.#input.requireSize(pairs.pairs, "pairs");
    this.#begin(pairs, [pair], false);
    this.#trunk?.forward(1, false);
    const chains = this.#trunk?.chains ?? [];
    const made = (side: number) =>
      chains
        .map((chain, i) => ({ chain, i }))
        .filter(({ i }) => !separate || i === side)
        .map(({ chain, i }) => readPart(kernels, chain, trunks[i] ?? [], separate ? 0 : side));
    const images = [made(0), made(1)] as const;
    this.#decide(pairs, [pair]);
    const [head, trunk] = [this.#head, this.#trunk];
    const outputs = {
      ...(trunk && { features: readExamples(kernels, trunk.output, 0, 2) }),
      ...(head && { answers: readExamples(kernels, head.output, 0, 1) }),
    };
    return { images, ...(head && { head: readPart(kernels, head, network.head, 0) }), outputs };
  }

  /** Every tensor of the network in the order of the layers, including batch norm's running statistics. */
  state(): Tensor[] {
    const order = layersOf(this.network).map(({ name }) => name);
    const layerOf = ({ name }: Tensor) => order.indexOf(name.slice(0, name.lastIndexOf(".")));
    return [...this.tensors.parameters, ...this.tensors.buffers].sort((a, b) => layerOf(a) - layerOf(b));
  }

  #checkBatch({ count }: { readonly count: number }, batch: ArrayLike<number>): void {
    if (!(batch.length >= 1 && batch.length <= this.#batchSize))
      throw new InvalidRequest(
        `a batch must have 1 to ${this.#batchSize} pairs, as the model was made, not ${batch.length}`,
      );
    for (let i = 0; i < batch.length; i++) {
      const pair = batch[i] as number;
      if (!(pair >= 0 && pair < count && Number.isInteger(pair)))
        throw new InvalidRequest(
          `there are ${count} pairs: batch[${i}] must be a whole number from 0 to ${count - 1}, not ${pair}`,
        );
    }
  }

  *#batches(pairs: number): Generator<{ readonly start: number; readonly length: number }> {
    for (let start = 0; start < pairs; start += this.#batchSize)
      yield { start, length: Math.min(this.#batchSize, pairs - start) };
  }

  /** Runs trunk and head on a batch in evaluation mode. */
  #see(pairs: LoadedPairs | PassingPairs, start: number, length: number): void {
    const batch = Uint32Array.from({ length }, (_, i) => start + i);
    this.#begin(pairs, batch, false);
    this.#trunk?.forward(length, false);
    this.#decide(pairs, batch);
  }

  /** Runs other views and the head in evaluation mode, after the trunk has seen the batch. */
  #decide(pairs: LoadedPairs | PassingPairs, batch: ArrayLike<number>): void {
    this.#views?.look(pairs, batch);
    this.#partners?.asPairs(batch.length);
    this.#head?.forward(batch.length, false);
  }

  #begin(pairs: LoadedPairs | PassingPairs | ChangingPairs, batch: ArrayLike<number>, training: boolean): void {
    this.#input.begin(pairs, batch, this.#studies, training);
  }

  get #studies(): readonly ImageStudy[] {
    return (this.#trunk ?? this.#head)?.studies ?? [];
  }

  /** How many pairs of the batch the network decides wrong, and how many it says yes to. Their targets begin at `start`. */
  #decided(pairs: number, targets: Uint8Array, start: number, wrong?: Uint8Array): Omit<Evaluation, "loss"> {
    const answer = this.#answer && likeliest(this.kernels, this.#answer, pairs);
    const digits = answer ? undefined : likeliest(this.kernels, this.#digits as Logits, 2 * pairs);
    let [errors, yes] = [0, 0];
    for (let pair = 0; pair < pairs; pair++) {
      const holds = digits
        ? Number(this.relation.holds(digits[2 * pair] as number, digits[2 * pair + 1] as number))
        : answer?.[pair];
      if (holds !== targets[start + pair]) {
        errors++;
        if (wrong) setBit(wrong, start + pair);
      }
      if (holds === 1) yes++;
    }
    return { errors, yes };
  }
}

export const checkModel = instanceOf(Model, "a Model");
