import { readFileSync } from "node:fs";

/** Where in the .bin file a tensor lies, in floats; `stride`: every which of its elements was kept. */
export interface Kept {
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

/** The JSON of a fixture, and its .bin file's floats. */
export function openFixture<Json>(name: string): { content: Json; floats: (kept: Kept) => Float32Array } {
  const file = (extension: string) => readFileSync(new URL(`fixtures/${name}.${extension}`, import.meta.url));
  const { buffer, byteOffset, byteLength } = file("bin");
  const view = new DataView(buffer, byteOffset, byteLength);
  return {
    content: JSON.parse(file("json").toString()),
    floats: ({ offset, length }) => Float32Array.from({ length }, (_, i) => view.getFloat32(4 * (offset + i), true)),
  };
}

/** Of a tensor's elements, those that a fixture has. */
export const sampled = ({ stride }: Kept, elements: Float32Array): Float32Array =>
  elements.filter((_, index) => index % stride === 0);

type Part = "gradients" | "running" | "trained";

export class Fixture {
  readonly content: Content;
  readonly #floats: (kept: Kept) => Float32Array;

  constructor(architecture: string) {
    const { content, floats } = openFixture<Content>(architecture);
    this.content = content;
    this.#floats = floats;
  }

  /** A tensor's elements, in PyTorch's order; of some long tensors only a sample. */
  values(part: Part, tensor: string): Float32Array {
    return this.#floats(this.#kept(part, tensor));
  }

  /** Of a tensor's elements, those that the fixture has. */
  sample(part: Part, tensor: string, elements: Float32Array): Float32Array {
    return sampled(this.#kept(part, tensor), elements);
  }

  #kept(part: Part, tensor: string): Kept {
    const kept = this.content[part][tensor];
    if (!kept) throw new Error(`the fixture's ${part} have no ${tensor}`);
    return kept;
  }
}
