import type { KernelSpace, Pointer } from "../kernels.js";
import type { MatrixLayout } from "../parameters.js";

/**
 * The quintic of Jordan et al. 2024 (Muon). Applied five times, it maps singular values from (0, 1] into about 0.7–1.2, and small
 * ones fast.
 */
const [A, B, C] = [3.4445, -4.775, 2.0315];
const ITERATIONS = 5;
const EPSILON = 1e-7;
/** The columns of a panel. */
const PANEL = 8;

/**
 * Makes a matrix nearly orthogonal by Newton–Schulz iterations: X = U Σ Vᵀ comes near to U Vᵀ. Each iteration is
 * X ← X (aI + b XᵀX + c (XᵀX)²) with X [inputs, outputs]. Padding stays zero.
 */
export class Orthogonalizer {
  readonly #kernels: KernelSpace;
  /** [columns, columns] in panels: XᵀX, a multiple of it, and aI + b XᵀX + c (XᵀX)². */
  readonly #square: Pointer;
  readonly #scaled: Pointer;
  readonly #polynomial: Pointer;
  /** A matrix like the given ones. */
  readonly #product: Pointer;
  readonly #zeros: Pointer;

  /** @param layouts  of all matrices that will be given */
  constructor(kernels: KernelSpace, layouts: readonly MatrixLayout[]) {
    this.#kernels = kernels;
    const most = (size: (layout: MatrixLayout) => number) => Math.max(0, ...layouts.map(size));
    const squares = most(({ columns }) => columns ** 2);
    this.#square = kernels.allocate(squares);
    this.#scaled = kernels.allocate(squares);
    this.#polynomial = kernels.allocate(squares);
    this.#product = kernels.allocate(most(({ room }) => room));
    this.#zeros = kernels.allocate(4 * PANEL);
  }

  /** Replaces the matrix at `x`. */
  run(x: Pointer, layout: MatrixLayout): void {
    const { run } = this.#kernels;
    const { room } = layout;
    run.scale(x, room, 1 / (Math.sqrt(run.sumOfSquares(x, room)) + EPSILON));
    let [from, to] = [x, this.#product];
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      this.#iterate(from, to, layout);
      [from, to] = [to, from];
    }
    if (from !== x) this.#kernels.copy(from, x, room);
  }

  #iterate(x: Pointer, to: Pointer, { rows, columns, panelBytes, rowBytes, room }: MatrixLayout): void {
    const { run } = this.#kernels;
    const [square, scaled, polynomial, zeros] = [this.#square, this.#scaled, this.#polynomial, this.#zeros];
    const panels = columns / PANEL;
    const step = PANEL * 4;
    // Bytes from one panel of a square matrix to the next, and from a panel's first 8 rows to the next 8.
    const across = columns * step;
    const down = PANEL * step;
    // XᵀX: the rows of the left factor are columns of X, eight to a panel.
    for (let i = 0; i < panels; i++)
      // biome-ignore format: a line for each operand
      run.gemm(
        PANEL, panels, rows,
        x + i * panelBytes, 4, rowBytes,
        x, panelBytes, rowBytes,
        zeros, 0, 0,
        square + i * down, step, across,
      );
    this.#copyScaled(square, polynomial, columns ** 2, B);
    this.#copyScaled(square, scaled, columns ** 2, C);
    // b XᵀX + c (XᵀX)²: the matrix is symmetric, so its columns are its rows.
    for (let i = 0; i < panels; i++) {
      const own = polynomial + i * down;
      // biome-ignore format: a line for each operand
      run.gemm(
        PANEL, panels, columns,
        scaled + i * across, 4, step,
        square, across, step,
        own, step, across,
        own, step, across,
      );
    }
    this.#copyScaled(x, to, room, A);
    for (let i = 0; i < panels; i++)
      // biome-ignore format: a line for each operand
      run.gemm(
        rows, panels, PANEL,
        x + i * panelBytes, rowBytes, 4,
        polynomial + i * down, across, step,
        to, rowBytes, panelBytes,
        to, rowBytes, panelBytes,
      );
  }

  #copyScaled(from: Pointer, to: Pointer, count: number, factor: number): void {
    this.#kernels.copy(from, to, count);
    this.#kernels.run.scale(to, count, factor);
  }
}
