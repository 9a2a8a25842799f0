import { type Activations, roundUp } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { BuildContext } from "../operations/operation.js";
import { Lists, TILE } from "./lists.js";
import type { Panels } from "./panels.js";

/**
 * The gradients of a linear layer whose outputs pass through ReLU or dropout, so that most of ∂L/∂y is 0. With W_c, the weights of
 * output c,
 *
 *   ∂L/∂x_i = Σ_c ∂L/∂y_ic · W_c        ∂L/∂W_c = Σ_i ∂L/∂y_ic · x_i
 *
 * and both sums take only elements that are not 0.
 */
export class SparseOutputs {
  readonly #kernels: KernelSpace;
  readonly #zeros: Pointer;
  readonly #panels: Panels;
  readonly #input: Activations;
  readonly #output: Activations;
  readonly #tiles: number;
  /** The bytes of an output's weights, in whole tiles. */
  readonly #rowBytes: number;
  /** f32 [outputs, inputs in whole tiles]: the weights, or their gradient. */
  readonly #byOutput: Pointer;
  /** f32 [outputs]. */
  readonly #ones: Pointer;
  readonly #ofExamples: Lists;
  readonly #ofOutputs: Lists;

  constructor({ kernels, examples, zeros }: BuildContext, panels: Panels, input: Activations, output: Activations) {
    const { columns } = panels;
    this.#kernels = kernels;
    this.#zeros = zeros;
    this.#panels = panels;
    this.#input = input;
    this.#output = output;
    this.#tiles = Math.ceil(input.size / TILE);
    const rowFloats = Math.max(this.#tiles * TILE, roundUp(input.size, 8));
    this.#rowBytes = rowFloats * 4;
    this.#byOutput = kernels.allocate(columns * rowFloats);
    this.#ones = kernels.allocate(columns);
    kernels.floats(this.#ones, columns).fill(1);
    this.#ofExamples = new Lists(kernels, examples, columns);
    this.#ofOutputs = new Lists(kernels, columns, examples);
  }

  /** Sets the weights' gradient. */
  weightGradient(examples: number): void {
    const { run } = this.#kernels;
    const { columns, depth, weight, panelBytes, rowBytes } = this.#panels;
    const { start, bytes, counts } = this.#ofOutputs;
    const y = this.#output.gradients;
    const { values, size } = this.#input;
    run.listColumns(y, y, examples, columns, this.#ones, 0, size * 4, 0, start, bytes, counts);
    this.#multiply(columns, this.#ofOutputs, values, this.#byOutput, this.#rowBytes);
    run.transpose(this.#byOutput, this.#rowBytes, 32, columns, depth, weight.gradients, rowBytes, panelBytes);
  }

  inputGradient(examples: number): void {
    const { run } = this.#kernels;
    const { columns, depth, weight, panelBytes, rowBytes } = this.#panels;
    const { start, bytes, counts } = this.#ofExamples;
    const { gradients, size } = this.#input;
    run.transpose(weight.values, rowBytes, panelBytes, depth, columns, this.#byOutput, this.#rowBytes, 32);
    run.listRows(this.#output.gradients, examples, columns, columns * 4, 0, this.#rowBytes, start, bytes, counts);
    this.#multiply(examples, this.#ofExamples, this.#byOutput, gradients, size * 4);
  }

  #multiply(rows: number, { start, bytes, counts }: Lists, matrix: Pointer, product: Pointer, rowBytes: number): void {
    this.#kernels.run.sparseGemm(rows, this.#tiles, start, bytes, counts, matrix, this.#zeros, 0, 0, product, rowBytes);
  }
}
