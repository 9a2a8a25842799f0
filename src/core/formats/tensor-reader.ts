import { listOf, partly, text } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { inShort } from "../given.js";
import { dtypeOf, type NamedTensor } from "./safetensors.js";

/** Hands out a file's tensors to code that knows each tensor's name, type and shape. */
export class TensorReader {
  readonly #file: string;
  readonly #left: Map<string, NamedTensor>;

  /** @param file  its name in error messages */
  constructor(file: string, tensors: readonly NamedTensor[]) {
    text(file, "the file's name");
    listOf(partly({ name: text }))(tensors, "tensors");
    this.#file = file;
    this.#left = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  }

  /** @throws InvalidRequest where the file has no tensor of that name, type and shape; so do `integers` and `count` */
  floats(name: string, shape: readonly number[]): Float32Array {
    const { data } = this.#take(name, "F32", shape);
    return data as Float32Array;
  }

  integers(name: string, shape: readonly number[]): Int32Array {
    const { data } = this.#take(name, "I32", shape);
    return data as Int32Array;
  }

  /** A number that counts something: a single I64 ≥ 0 of shape []. */
  count(name: string): number {
    const { data } = this.#take(name, "I64", []);
    const value = Number(data[0]);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new InvalidRequest(`${this.#file}: tensor ${inShort(JSON.stringify(name))} is ${data[0]}, not a count`);
  }

  /** @throws InvalidRequest where the file has a tensor that was not asked for */
  end(): void {
    for (const name of this.#left.keys())
      throw new InvalidRequest(`${this.#file}: the network has no tensor ${inShort(JSON.stringify(name))}`);
  }

  #take(name: string, dtype: string, shape: readonly number[]): NamedTensor {
    const due = `${dtype} [${shape}]`;
    const found = this.#left.get(name);
    if (!found) throw new InvalidRequest(`${this.#file}: there is no tensor ${inShort(JSON.stringify(name))}, ${due}`);
    const given = `${dtypeOf(found.data)} [${found.shape}]`;
    if (given !== due && dtypeOf(found.data) === dtype)
      throw new InvalidRequest(
        `${this.#file}: tensor ${inShort(JSON.stringify(name))} has shape [${found.shape}], not [${shape}]`,
      );
    if (given !== due)
      throw new InvalidRequest(`${this.#file}: tensor ${inShort(JSON.stringify(name))} is ${given}, not ${due}`);
    this.#left.delete(name);
    return found;
  }
}
