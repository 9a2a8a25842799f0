import type { PlacedLayer } from "../../network/layer.js";
import type { Linear } from "../../network/layers/linear.js";
import { type Activations, SLACK, type Sparsity } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { BuildContext } from "../operations/operation.js";
import { addScaled } from "./add-scaled.js";
import { Lists, TILE } from "./lists.js";
import { Panels } from "./panels.js";

/**
 * A linear layer's products over inputs most of which have the same value β: the background of images, or 0 after dropout.
 * With d = x − β, which is mostly 0,
 *
 *   y = d · W + (b + β · Σ_k W_k)        ∂L/∂W_k = Σ_i d_ik · ∂L/∂y_i + β · ∂L/∂b
 *
 * and both sums over d take only elements that are not 0.
 */
export class SparseInputs {
  /** The weights in rows, as the sparse product needs them. */
  readonly panels: Panels;
  readonly #kernels: KernelSpace;
  readonly #input: Activations;
  readonly #sparsity: Sparsity;
  readonly #output: Activations;
  readonly #tiles: number;
  /** f32 [inputs]. */
  readonly #ones: Pointer;
  /** f32 [outputs in whole tiles]: zeros, the value from which each sum starts, and Σ_k W_k. */
  readonly #none: Pointer;
  readonly #start: Pointer;
  readonly #sums: Pointer;
  /** f32 [examples, outputs in whole tiles]: the outputs, or their gradients. */
  readonly #rows: Pointer;
  readonly #byExample: Lists;
  readonly #byInput: Lists;

  constructor(
    context: BuildContext,
    placed: PlacedLayer,
    layer: Linear,
    input: Activations,
    sparsity: Sparsity,
    output: Activations,
  ) {
    const { kernels, examples } = context;
    this.#kernels = kernels;
    this.#input = input;
    this.#sparsity = sparsity;
    this.#output = output;
    this.#tiles = Math.ceil(output.size / TILE);
    const rowFloats = this.#tiles * TILE;
    this.panels = new Panels(context, placed, layer.features, input.size, input.positions, rowFloats);
    this.#ones = kernels.allocate(input.size);
    kernels.floats(this.#ones, input.size).fill(1);
    this.#none = kernels.allocate(rowFloats);
    this.#start = kernels.allocate(rowFloats);
    this.#sums = kernels.allocate(rowFloats);
    this.#rows = kernels.allocate((examples + SLACK) * rowFloats);
    this.#byExample = new Lists(kernels, examples, input.size);
    this.#byInput = new Lists(kernels, input.size, examples);
  }

  forward(examples: number): void {
    const { run } = this.#kernels;
    const { weight, bias, columns, rowBytes } = this.panels;
    const { start, bytes, counts } = this.#byExample;
    const { values, size } = this.#input;
    const { background } = this.#sparsity;
    this.#kernels.floats(this.#sums, rowBytes / 4).fill(0);
    if (background) run.columnSums(weight.values, this.#elements, rowBytes / 4, this.#sums);
    addScaled(this.#kernels, columns, bias.values, background, this.#sums, this.#start);
    run.listRows(values, examples, this.#elements, size * 4, -background, rowBytes, start, bytes, counts);
    this.#multiply(examples, this.#byExample, weight.values, this.#rows);
    run.copyRows(this.#rows, rowBytes, this.#output.values, columns * 4, examples, columns * 4);
  }

  /** Sets the weights' gradient. The bias's gradient must be set before. */
  weightGradient(examples: number): void {
    const { run } = this.#kernels;
    const { weight, bias, columns, rowBytes } = this.panels;
    const { start, bytes, counts } = this.#byInput;
    const { values, size } = this.#input;
    const { background } = this.#sparsity;
    addScaled(this.#kernels, columns, this.#none, background, bias.gradients, this.#start);
    run.copyRows(this.#output.gradients, columns * 4, this.#rows, rowBytes, examples, columns * 4);
    run.listColumns(values, values, examples, size, this.#ones, -background, rowBytes, 0, start, bytes, counts);
    this.#multiply(this.#elements, this.#byInput, this.#rows, weight.gradients);
  }

  /** The inputs without padding at the end. Zeros between channels may be among them: the background is then 0. */
  get #elements(): number {
    return this.#sparsity.background ? this.#input.positions.length : this.#input.size;
  }

  #multiply(rows: number, { start, bytes, counts }: Lists, matrix: Pointer, product: Pointer): void {
    const { rowBytes } = this.panels;
    this.#kernels.run.sparseGemm(
      rows,
      this.#tiles,
      start,
      bytes,
      counts,
      matrix,
      this.#start,
      0,
      TILE * 4,
      product,
      rowBytes,
    );
  }
}
