import { type Activations, SLACK } from "../activations.js";
import type { Kernels, Pointer } from "../kernels.js";

/** An image with its border of zeros: the image itself where the padding is 0, else a copy. */
export class Border {
  /** Bytes from one row, border included, to the next. */
  readonly rowBytes: number;
  readonly #kernels: Kernels;
  readonly #input: Activations;
  readonly #innerBytes: number;
  readonly #floats: number;
  readonly #corner: number;
  readonly #image: Pointer;
  readonly #gradient: Pointer;

  constructor(kernels: Kernels, input: Activations, padding: number) {
    const { height, width } = input.shape;
    this.#kernels = kernels;
    this.#input = input;
    this.#innerBytes = width * input.stride * 4;
    this.rowBytes = (width + 2 * padding) * input.stride * 4;
    this.#floats = ((height + 2 * padding) * this.rowBytes) / 4;
    this.#corner = padding * (this.rowBytes + input.stride * 4);
    this.#image = padding ? kernels.allocate(this.#floats + SLACK) : 0;
    this.#gradient = padding && input.gradients ? kernels.allocate(this.#floats + SLACK) : 0;
  }

  open(image: number): Pointer {
    const at = this.#input.values + image * this.#input.size * 4;
    if (!this.#image) return at;
    this.#copy(at, this.#innerBytes, this.#image + this.#corner, this.rowBytes);
    return this.#image;
  }

  /** Zeros to which the image's gradient can be added. */
  openGradient(image: number): Pointer {
    const [at, floats] = this.#gradient
      ? [this.#gradient, this.#floats]
      : [this.#input.gradients + image * this.#input.size * 4, this.#input.size];
    this.#kernels.floats(at, floats).fill(0);
    return at;
  }

  closeGradient(image: number): void {
    if (!this.#gradient) return;
    const at = this.#input.gradients + image * this.#input.size * 4;
    this.#copy(this.#gradient + this.#corner, this.rowBytes, at, this.#innerBytes);
  }

  #copy(from: Pointer, fromStride: number, to: Pointer, toStride: number): void {
    this.#kernels.run.copyRows(from, fromStride, to, toStride, this.#input.shape.height, this.#innerBytes);
  }
}
