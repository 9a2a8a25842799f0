import { fields } from "../../checks.js";
import { checkSpace, type KernelSpace, type Pointer } from "../kernels.js";
import { checkTensors, type MatrixLayout, type Tensor, type TensorSpace } from "../parameters.js";
import { Adam } from "./adam.js";
import { ADAMW_WEIGHT_DECAY } from "./adamw.js";
import { hasHiddenWeights, hiddenWeights } from "./hidden-weights.js";
import { MOMENTUM, type Optimizer, type OptimizerKind, WEIGHT_DECAY } from "./optimizer.js";
import { Orthogonalizer } from "./orthogonalize.js";

/**
 * An orthogonal update of a matrix changes its elements by 1/√(longer side) on average. Multiplied by √(longer side) and this
 * factor, a step is about as large as Adam's, so the same learning rate serves both. Liu et al. 2025 take 0.2.
 */
const SIZE = 0.5;

export const MUON_MOMENTUM = 0.95;

/** Options of `Muon`. */
export interface MuonOptions {
  /** λ of a decoupled weight decay of all parameters. */
  readonly weightDecay: number;
  /** The momentum μ. */
  readonly momentum: number;
}

/** A hidden layer's weights, which lie as [inputs, outputs]. */
interface Matrix {
  readonly tensor: Tensor;
  readonly layout: MatrixLayout;
  /** √ of the longer side of the matrix. */
  readonly side: number;
}

const checkOptions = fields({ momentum: MOMENTUM, weightDecay: WEIGHT_DECAY }, "option");

/**
 * Muon (Jordan et al. 2024). The weights of hidden layers move by their orthogonalized momentum, with Nesterov's look ahead:
 * u ← μu + g, w ← (1 − ηλ)w − η · 0.5 · √(longer side) · orthogonal(g + μu). A convolution's weights are the matrix of its
 * channels × patches. AdamW moves all other parameters: those of the first layer that sees images and of the last layer of each
 * part, biases, and batch norm's. The slots are AdamW's `first` and `second`, and `momentum`.
 */
export class Muon implements Optimizer {
  readonly slots: ReadonlyMap<string, Pointer>;
  readonly #kernels: KernelSpace;
  readonly #tensors: TensorSpace;
  readonly #options: MuonOptions;
  readonly #adam: Adam;
  readonly #matrices: readonly Matrix[];
  readonly #momentum: Pointer;
  readonly #orthogonalizer: Orthogonalizer;
  readonly #update: Pointer;

  /** @throws InvalidRequest where kernels, tensors or options are invalid */
  constructor(kernels: KernelSpace, tensors: TensorSpace, options: MuonOptions) {
    checkSpace(kernels, "kernels");
    checkTensors(tensors, "tensors");
    checkOptions(options, "");
    this.#kernels = kernels;
    this.#tensors = tensors;
    this.#options = options;
    this.#matrices = hiddenMatrices(tensors.parameters);
    const hidden = new Set(this.#matrices.map(({ tensor }) => tensor));
    const { weightDecay } = options;
    const others = tensors.parameters.filter((parameter) => !hidden.has(parameter));
    this.#adam = new Adam(kernels, tensors, { weightDecay, decoupled: true, of: others });
    this.#momentum = kernels.allocate(tensors.room);
    this.slots = new Map([...this.#adam.slots, ["momentum", this.#momentum]]);
    const layouts = this.#matrices.map(({ layout }) => layout);
    this.#orthogonalizer = new Orthogonalizer(kernels, layouts);
    this.#update = kernels.allocate(Math.max(0, ...this.#matrices.map(({ tensor }) => tensor.room)));
  }

  get steps(): number {
    return this.#adam.steps;
  }

  skip(steps: number): void {
    this.#adam.skip(steps);
  }

  step(learningRate: number): void {
    this.#adam.step(learningRate);
    const { weightDecay, momentum } = this.#options;
    const { run } = this.#kernels;
    const update = this.#update;
    for (const { tensor, layout, side } of this.#matrices) {
      const { values, gradients, room } = tensor;
      const velocity = this.#momentum + values - this.#tensors.values;
      run.scale(velocity, room, momentum);
      run.addScaled(velocity, gradients, room, 1);
      this.#kernels.copy(gradients, update, room);
      run.addScaled(update, velocity, room, momentum);
      this.#orthogonalizer.run(update, layout);
      if (weightDecay !== 0) run.addScaled(values, values, room, -learningRate * weightDecay);
      run.addScaled(values, update, room, -learningRate * SIZE * side);
    }
  }
}

/** The matrices of the hidden weights among a network's parameters, in the order of its layers. */
export function hiddenMatrices(parameters: readonly Tensor[]): Matrix[] {
  return hiddenWeights(parameters.filter(({ matrix }) => matrix)).map((tensor): Matrix => {
    const [outputs, ...inputs] = tensor.spec.shape as [number, ...number[]];
    const longer = Math.max(
      outputs,
      inputs.reduce((product, size) => product * size, 1),
    );
    return { tensor, layout: tensor.matrix as MatrixLayout, side: Math.sqrt(longer) };
  });
}

const kind: OptimizerKind = {
  title: "Muon",
  momentum: MUON_MOMENTUM,
  weightDecay: ADAMW_WEIGHT_DECAY,
  decoupled: true,
  usualRate: 1,
  refusal: (network) =>
    hasHiddenWeights(network)
      ? undefined
      : "muon is for the weights of hidden layers, and this network has none: take adamw, which moves all the others",
  make: (kernels, tensors, { momentum, weightDecay }) => new Muon(kernels, tensors, { momentum, weightDecay }),
};
export default kind;
