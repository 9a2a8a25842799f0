import { fields, flag, listOf, optional, partly } from "../../checks.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { Tensor, TensorSpace } from "../parameters.js";
import { type OptimizerKind, SlottedOptimizer, WEIGHT_DECAY } from "./optimizer.js";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Options of `Adam`. */
export interface AdamOptions {
  /** λ of weight decay, default 0. */
  readonly weightDecay?: number;
  /** Whether the weights shrink by λ · learning rate before the step (AdamW). By default λw is added to the gradient. */
  readonly decoupled?: boolean;
  /** The parameters that it moves; default all. */
  readonly of?: readonly Tensor[];
}

/** Parameters that follow one another in memory: the bytes before them, and their floats. */
interface Piece {
  readonly at: number;
  readonly count: number;
}

const checkOptions = fields(
  { weightDecay: optional(WEIGHT_DECAY), decoupled: optional(flag), of: optional(listOf(partly({}))) },
  "option",
);

/**
 * Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter 2019) as in PyTorch, with its defaults β₁ 0.9, β₂ 0.999, ε 1e-8.
 * The slots `first` and `second` hold the moving averages of the gradient and of its square.
 */
export class Adam extends SlottedOptimizer {
  readonly #weightDecay: number;
  readonly #decoupled: boolean;
  readonly #pieces: readonly Piece[];
  /** β₁ and β₂ to the power of the steps. */
  #power1 = 1;
  #power2 = 1;

  /** @throws InvalidRequest where kernels, tensors or options are invalid */
  constructor(kernels: KernelSpace, tensors: TensorSpace, options: AdamOptions = {}) {
    super(kernels, tensors, ["first", "second"]);
    checkOptions(options, "");
    const { weightDecay = 0, decoupled = false, of } = options;
    this.#weightDecay = weightDecay;
    this.#decoupled = decoupled;
    this.#pieces = of ? piecesOf(of, tensors.values) : [{ at: 0, count: tensors.room }];
  }

  protected override move(learningRate: number): void {
    const { values, gradients } = this.tensors;
    const { run } = this.kernels;
    for (const { at, count } of this.#pieces) {
      if (this.#decoupled) this.shrink(learningRate, this.#weightDecay, values + at, count);
      else this.penalize(this.#weightDecay, values + at, gradients + at, count);
      run.adam(
        values + at,
        gradients + at,
        this.slot("first") + at,
        this.slot("second") + at,
        count,
        BETA1,
        BETA2,
        learningRate / (1 - this.#power1),
        1 / Math.sqrt(1 - this.#power2),
        EPSILON,
      );
    }
  }

  /** Multiplies at every step, because a power function would round to other bits. */
  protected override count(): void {
    super.count();
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
  }
}

function piecesOf(parameters: readonly Tensor[], start: Pointer): Piece[] {
  const pieces: Piece[] = [];
  for (const { values, room } of parameters) {
    const at = values - start;
    const last = pieces.at(-1);
    if (last && last.at + 4 * last.count === at) pieces[pieces.length - 1] = { at: last.at, count: last.count + room };
    else pieces.push({ at, count: room });
  }
  return pieces;
}

const kind: OptimizerKind = {
  title: "Adam",
  weightDecay: 0,
  decoupled: false,
  usualRate: 1,
  make: (kernels, tensors, { weightDecay }) => new Adam(kernels, tensors, { weightDecay }),
};
export default kind;
