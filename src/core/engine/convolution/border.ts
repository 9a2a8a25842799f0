import { type Activations, SLACK } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";

/** The memory that a border takes beyond one image and its padding. */
export interface Room {
  /** The images that are opened together. */
  readonly images: number;
  /** The least height and width, padding included. The rest is filled with zeros. */
  readonly height: number;
  readonly width: number;
}

/** Images with a border of zeros. They are copies, or the images themselves where no border is needed. */
export class Border {
  /** Bytes from one row, border included, to the next. */
  readonly rowBytes: number;
  /** Bytes from one image, border included, to the next. */
  readonly imageBytes: number;
  readonly #kernels: KernelSpace;
  readonly #input: Activations;
  readonly #innerBytes: number;
  readonly #corner: number;
  readonly #image: Pointer;
  readonly #gradient: Pointer;

  constructor(
    kernels: KernelSpace,
    input: Activations,
    padding: number,
    room: Room = { images: 1, height: 0, width: 0 },
  ) {
    const height = Math.max(room.height, input.shape.height + 2 * padding);
    const width = Math.max(room.width, input.shape.width + 2 * padding);
    const bordered = height > input.shape.height || width > input.shape.width;
    this.#kernels = kernels;
    this.#input = input;
    this.#innerBytes = input.shape.width * input.stride * 4;
    this.rowBytes = width * input.stride * 4;
    this.imageBytes = bordered ? height * this.rowBytes : input.size * 4;
    this.#corner = padding * (this.rowBytes + input.stride * 4);
    const floats = (room.images * this.imageBytes) / 4 + SLACK;
    this.#image = bordered ? kernels.allocate(floats) : 0;
    this.#gradient = bordered && input.gradients ? kernels.allocate(floats) : 0;
  }

  /** The images from `first` on, `imageBytes` apart. */
  open(first: number, images = 1): Pointer {
    const at = this.#input.values + first * this.#input.size * 4;
    if (!this.#image) return at;
    const { size, shape } = this.#input;
    const inner = this.#innerBytes;
    const to = this.#image + this.#corner;
    this.#kernels.run.copyImages(images, at, size * 4, inner, to, this.imageBytes, this.rowBytes, shape.height, inner);
    return this.#image;
  }

  /** Zeros, to which the images' gradients can be added, `imageBytes` apart. */
  openGradient(first: number, images = 1): Pointer {
    const at = this.#gradient || this.#input.gradients + first * this.#input.size * 4;
    this.#kernels.floats(at, (images * this.imageBytes) / 4).fill(0);
    return at;
  }

  closeGradient(first: number, images = 1): void {
    if (!this.#gradient) return;
    const { size, shape, gradients } = this.#input;
    const inner = this.#innerBytes;
    const [from, to] = [this.#gradient + this.#corner, gradients + first * size * 4];
    this.#kernels.run.copyImages(
      images,
      from,
      this.imageBytes,
      this.rowBytes,
      to,
      size * 4,
      inner,
      shape.height,
      inner,
    );
  }
}
