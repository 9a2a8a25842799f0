import { refuse } from "../checks.js";
import type { KernelExports, Pointer } from "./kernel-exports.js";

export type { Pointer, WinogradTransforms } from "./kernel-exports.js";

/** The part of the WebAssembly interface that the engine uses; every runtime has it, whatever its type libraries. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
};

/** Compiled kernels, ready to be instantiated for any number of networks. */
export type KernelModule = object;

/** Compiles the bytes of `kernels.wasm` or `kernels.relaxed.wasm`. Throws where the runtime lacks the instructions. */
export function compileKernels(bytes: Uint8Array): KernelModule {
  if (!ArrayBuffer.isView(bytes)) refuse("the kernels", "the bytes of kernels.wasm, a Uint8Array", bytes);
  return new WebAssembly.Module(bytes);
}

const PAGE = 65536;
const ALIGNMENT = 64;

/** One instance of the kernels with its own memory, handed out piece by piece and taken back all at once. */
export class Kernels {
  readonly run: KernelExports;
  #end: Pointer;
  #floats: Float32Array;
  #integers: Int32Array;

  /** @param wrap  puts something around the kernels, such as a clock */
  constructor(module: KernelModule, wrap = (exports: KernelExports): KernelExports => exports) {
    this.run = wrap(new WebAssembly.Instance(module).exports as KernelExports);
    this.#end = this.run.heapBase.value;
    this.#floats = new Float32Array(this.run.memory.buffer);
    this.#integers = new Int32Array(this.run.memory.buffer);
  }

  /** Room for `count` 32-bit values, zeroed, aligned to a cache line. */
  allocate(count: number): Pointer {
    const start = Math.ceil(this.#end / ALIGNMENT) * ALIGNMENT;
    this.#end = start + count * 4;
    const missing = this.#end - this.run.memory.buffer.byteLength;
    if (missing > 0) {
      this.run.memory.grow(Math.ceil(missing / PAGE));
      this.#floats = new Float32Array(this.run.memory.buffer);
      this.#integers = new Int32Array(this.run.memory.buffer);
    }
    return start;
  }

  /**
   * Takes all memory back, zeroed. What is new to a process costs several times what it takes to clear: whoever trains one
   * network after the other had better keep one instance.
   */
  clear(): void {
    this.#end = this.run.heapBase.value;
    new Uint8Array(this.run.memory.buffer, this.#end).fill(0);
  }

  /** A view of `count` floats. It goes stale with the next allocation. */
  floats(pointer: Pointer, count: number): Float32Array {
    return this.#floats.subarray(pointer >> 2, (pointer >> 2) + count);
  }

  /** A view of `count` integers. It goes stale with the next allocation. */
  integers(pointer: Pointer, count: number): Int32Array {
    return this.#integers.subarray(pointer >> 2, (pointer >> 2) + count);
  }

  /** Copies `count` 32-bit values within the memory. */
  copy(from: Pointer, to: Pointer, count: number): void {
    this.#floats.copyWithin(to >> 2, from >> 2, (from >> 2) + count);
  }
}
