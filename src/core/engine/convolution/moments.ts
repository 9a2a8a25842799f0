import { roundUp, SLACK } from "../activations.js";
import type { Pointer } from "../kernels.js";
import type { BuildContext } from "../operations/operation.js";
import type { PatchConvolution } from "./patches.js";

/**
 * The second moments of a batch's patches, Σ p pᵀ and Σ p over the output pixels of its images.
 *
 * With y = W p + b, batch norm's share of ∂L/∂W is Σ (slope · (y − mean) + centre) pᵀ = slope · W · C + centre · Σ pᵀ, where
 * C = Σ p pᵀ − Σ p · Σ pᵀ / n. It needs no y: the moments depend only on the images.
 */
export class Moments {
  /** f64 [rows, columns]: Σ p pᵀ, of which depth² are used; and f64 [columns]: Σ p. */
  readonly products: Pointer;
  readonly sums: Pointer;
  readonly rows: number;
  readonly columns: number;
  readonly #context: BuildContext;
  readonly #patches: PatchConvolution;
  readonly #centred: Pointer;
  readonly #product: Pointer;

  constructor(context: BuildContext, patches: PatchConvolution) {
    const { kernels } = context;
    const { panels } = patches;
    this.#context = context;
    this.#patches = patches;
    this.rows = roundUp(panels.depth, 4);
    this.columns = roundUp(panels.depth, 8);
    this.products = kernels.allocate(2 * this.rows * this.columns);
    this.sums = kernels.allocate(2 * this.columns);
    this.#centred = kernels.allocate((this.rows + SLACK) * this.columns);
    this.#product = kernels.allocate(this.columns * panels.columns);
  }

  /** Adds Σ y and Σ y² of the batch's outputs to batch norm's totals; `count` is the batch's output pixels. */
  addOutputMoments(count: number, totals: Pointer): void {
    const { depth, columns, panelBytes, weight, bias } = this.#patches.panels;
    this.#context.kernels.run.addOutputMoments(
      this.products,
      this.sums,
      count,
      depth,
      this.columns,
      weight.values,
      panelBytes,
      columns / 8,
      bias.values,
      totals,
    );
  }

  /** Adds batch norm's share of the weights' gradient; `count` is the batch's output pixels. */
  addGradient(slope: Pointer, centre: Pointer, count: number): void {
    const { kernels, zeros } = this.#context;
    const { run } = kernels;
    const { depth, columns, panelBytes, weight } = this.#patches.panels;
    run.centreMoments(this.products, this.sums, count, this.rows, this.columns, this.#centred);
    // biome-ignore format: a line for each operand
    run.gemm(
      depth, columns / 8, depth,
      this.#centred, this.columns * 4, 4,
      weight.values, panelBytes, 32,
      zeros, 0, 0,
      this.#product, 32, panelBytes,
    );
    run.addMomentsGradient(this.#product, this.sums, slope, centre, depth, columns / 8, panelBytes, weight.gradients);
  }
}
