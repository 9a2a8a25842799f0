import { readFileSync } from "node:fs";

/** Where in the .bin file a tensor lies, in floats; `stride`: every which of its elements was kept. */
interface Kept {
  readonly offset: number;
  readonly length: number;
  readonly stride: number;
}

/** What PyTorch made of one architecture; README.md says what each part is. */
interface Content {
  readonly batch: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Kept>>;
  readonly running: Readonly<Record<string, Kept>>;
  readonly evaluation: { readonly loss: number; readonly errors: number };
  readonly steps: readonly (readonly number[])[];
  readonly losses: readonly number[];
  readonly trained: Readonly<Record<string, Kept>>;
}

type Part = "gradients" | "running" | "trained";

export class Fixture {
  readonly content: Content;
  readonly #floats: DataView;

  constructor(architecture: string) {
    const file = (extension: string) => readFileSync(new URL(`fixtures/${architecture}.${extension}`, import.meta.url));
    this.content = JSON.parse(file("json").toString());
    const { buffer, byteOffset, byteLength } = file("bin");
    this.#floats = new DataView(buffer, byteOffset, byteLength);
  }

  /** A tensor's elements, in PyTorch's order; of some long tensors only a sample. */
  values(part: Part, tensor: string): Float32Array {
    const { offset, length } = this.#kept(part, tensor);
    return Float32Array.from({ length }, (_, i) => this.#floats.getFloat32(4 * (offset + i), true));
  }

  /** Of a tensor's elements, those that the fixture has. */
  sample(part: Part, tensor: string, elements: Float32Array): Float32Array {
    const { stride } = this.#kept(part, tensor);
    return elements.filter((_, index) => index % stride === 0);
  }

  #kept(part: Part, tensor: string): Kept {
    const kept = this.content[part][tensor];
    if (!kept) throw new Error(`the fixture's ${part} have no ${tensor}`);
    return kept;
  }
}
