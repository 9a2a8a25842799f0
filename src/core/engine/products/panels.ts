import type { PlacedLayer } from "../../network/layer.js";
import { roundUp } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { BuildContext } from "../operations/operation.js";
import { inOrder, type Tensor } from "../parameters.js";

/**
 * The weights of a convolution or a linear layer, with a row for each input of an output's sum, and the three products of such a
 * layer. The layout is panels in the order in which the GEMM reads them, `[outputs/8][rows][8]`, or rows for the sparse product,
 * `[rows][outputs]`. `rowBytes` is the width of a row of x.
 */
export class Panels {
  readonly weight: Tensor;
  readonly bias: Tensor;
  /** The outputs, rounded up to 8. */
  readonly columns: number;
  /** Bytes from one panel of 8 outputs to the next, and from one row of weights to the next. */
  readonly panelBytes: number;
  readonly rowBytes: number;
  /** `depth`, rounded up to 8. */
  readonly #rows: number;
  readonly #kernels: KernelSpace;
  readonly #transposed: Pointer;
  readonly #zeros: Pointer;

  /**
   * @param depth  the inputs of an output's sum, padding included
   * @param rowOf  the row of each of an output's weights, in PyTorch's order
   * @param rowFloats  the floats of a row, where the layout is rows
   */
  constructor(
    context: BuildContext,
    layer: PlacedLayer,
    readonly outputs: number,
    readonly depth: number,
    rowOf: Int32Array,
    rowFloats?: number,
  ) {
    this.#kernels = context.kernels;
    this.#zeros = context.zeros;
    this.columns = roundUp(outputs, 8);
    this.#rows = roundUp(depth, 8);
    this.panelBytes = rowFloats ? 32 : this.#rows * 32;
    this.rowBytes = rowFloats ? rowFloats * 4 : 32;
    const room = (rowFloats ?? this.columns) * this.#rows;
    const locate = () => this.#locate(rowOf);
    this.weight = context.tensors.parameter(layer, "weight", room, locate, {
      rows: this.#rows,
      columns: this.columns,
      rowBytes: this.rowBytes,
      panelBytes: this.panelBytes,
      room,
    });
    this.bias = context.tensors.parameter(layer, "bias", this.columns, () => inOrder(outputs));
    this.#transposed = this.#kernels.allocate(this.columns * this.#rows);
  }

  /** The weights' gradient: the start of its memory, and how many floats. */
  get sums() {
    return { pointer: this.weight.gradients, count: this.weight.room };
  }

  /** The place of each weight, in PyTorch's order [outputs, inputs]. */
  #locate(rowOf: Int32Array): Int32Array {
    const positions = new Int32Array(this.outputs * rowOf.length);
    for (let output = 0; output < this.outputs; output++) {
      const start = ((output >> 3) * this.panelBytes) / 4 + (output & 7);
      for (let k = 0; k < rowOf.length; k++)
        positions[output * rowOf.length + k] = start + ((rowOf[k] as number) * this.rowBytes) / 4;
    }
    return positions;
  }

  /** y = x · W + bias. */
  forward(x: Pointer, rows: number, rowBytes: number, y: Pointer): void {
    const { columns, depth } = this;
    // biome-ignore format: a line for each operand
    this.#kernels.run.gemm(
      rows, columns / 8, depth,
      x, rowBytes, 4,
      this.weight.values, this.panelBytes, this.rowBytes,
      this.bias.values, 0, 32,
      y, columns * 4, 32,
    );
  }

  /** Repacks the weights for `inputGradient`. Call it once a step, after they have changed. */
  transpose(): void {
    const { run } = this.#kernels;
    const { weight, depth, columns } = this;
    run.transpose(weight.values, this.rowBytes, this.panelBytes, depth, columns, this.#transposed, 32, columns * 32);
  }

  /** ∂L/∂x = ∂L/∂y · Wᵀ. Columns from `depth` to the next multiple of 8 are zero or scratch. */
  inputGradient(yGradient: Pointer, rows: number, xGradient: Pointer, rowBytes: number): void {
    const { columns } = this;
    // biome-ignore format: a line for each operand
    this.#kernels.run.gemm(
      rows, this.#rows / 8, columns,
      yGradient, columns * 4, 4,
      this.#transposed, columns * 32, 32,
      this.#zeros, 0, 0,
      xGradient, rowBytes, 32,
    );
  }

  /** ∂L/∂W += xᵀ · ∂L/∂y. Columns of x from `depth` to the next multiple of 4 are zero. */
  weightGradient(x: Pointer, rows: number, rowBytes: number, yGradient: Pointer): void {
    const { columns, depth, weight } = this;
    // biome-ignore format: a line for each operand
    this.#kernels.run.gemm(
      depth, columns / 8, rows,
      x, 4, rowBytes,
      yGradient, 32, columns * 4,
      weight.gradients, this.rowBytes, this.panelBytes,
      weight.gradients, this.rowBytes, this.panelBytes,
    );
  }

  /** ∂L/∂bias += the column sums of ∂L/∂y. */
  biasGradient(yGradient: Pointer, rows: number): void {
    this.#kernels.run.columnSums(yGradient, rows, this.columns, this.bias.gradients);
  }

  /** Goes on with the column sums of earlier rows: `biasGradient` of all rows at once has the same bits. */
  continueBiasGradient(yGradient: Pointer, rows: number): void {
    for (let row = 0; row < rows; row++) this.biasGradient(yGradient + row * this.columns * 4, 1);
  }
}
