import { type Check, instanceOf, refuse, tagged } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { KernelFunctions, Pointer } from "../generated/kernels.js";
import { inShort } from "../given.js";

export type { Pointer };

/** The exports of the kernels. Their sources say what each does. */
export interface KernelExports extends KernelFunctions {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly heapBase: { readonly value: number };
}

/** The part of the WebAssembly interface that the engine uses. Every runtime has it; the type libraries of this folder do not. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
};

/** Compiled kernels. Any number of instances can be made from them. */
export type KernelModule = object;

/**
 * Compiles the bytes of `kernels.wasm` or `kernels.fused.wasm`.
 *
 * @throws InvalidRequest where the bytes are not WebAssembly, or the runtime lacks instructions that they use
 */
export function compileKernels(bytes: Uint8Array): KernelModule {
  if (!ArrayBuffer.isView(bytes)) refuse("the kernels", "the bytes of kernels.wasm, a Uint8Array", bytes);
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (!(error instanceof Error && error.name === "CompileError")) throw error;
    throw new InvalidRequest(
      `the kernels must be the bytes of kernels.wasm, which this runtime compiles: ${inShort(error.message)}`,
    );
  }
}

const checkModule = tagged("WebAssembly.Module", "compiled kernels, as compileKernels gives");

const PAGE = 65536;
const ALIGNMENT = 64;

/**
 * The most bytes of an instance's memory: what 32 bits address, less a page. Kernels compute where a buffer ends. At the very last
 * byte that would be 2³², which wraps to 0.
 */
export const MOST_MEMORY = 2 ** 32 - PAGE;

/** Thrown where there is less memory than was asked for. */
export class MemoryShortage extends InvalidRequest {
  /**
   * @param there  the bytes that there are
   * @param owner  the words before them in the message: "this machine has"
   */
  constructor(
    readonly there: number,
    readonly owner: string,
    message = `there is no room left in memory for a network: ${owner} ${inMebibytes(there)}`,
  ) {
    super(message);
  }
}

/** In whole MiB. Where needed memory is rounded up and available memory down, a shortage always shows. */
export function inMebibytes(bytes: number, round = Math.floor): string {
  return `${round(bytes / 2 ** 20)} MiB`;
}

/** The kernels and memory for a network's values: 32-bit values at byte offsets, zero at first. */
export interface KernelSpace {
  readonly run: KernelExports;
  /**
   * Takes memory for `count` 32-bit values, all zero, aligned to a cache line.
   *
   * @returns its byte offset
   * @throws MemoryShortage, an InvalidRequest, where there is not enough
   */
  allocate(count: number): Pointer;
  /** A view of `count` floats. The next allocation makes it invalid. */
  floats(pointer: Pointer, count: number): Float32Array;
  /** A view of `count` integers. The next allocation makes it invalid. */
  integers(pointer: Pointer, count: number): Int32Array;
  /** A view of `count` doubles. The next allocation makes it invalid. */
  doubles(pointer: Pointer, count: number): Float64Array;
  /** Copies `count` 32-bit values within the memory. */
  copy(from: Pointer, to: Pointer, count: number): void;
}

/** The index of a pointer's value among 32-bit values. A signed shift would be negative from 2 GiB on. */
const place = (pointer: Pointer): number => pointer >>> 2;

/** The start and end of a piece of `count` 32-bit values after `end`. */
function placeBehind(end: Pointer, count: number): { readonly start: Pointer; readonly end: Pointer } {
  const start = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
  return { start, end: start + count * 4 };
}

/** An instance of the kernels with its own memory. Memory is handed out piece by piece and taken back all at once. */
export class Kernels implements KernelSpace {
  run: KernelExports;
  readonly #instance: () => KernelExports;
  #end: Pointer;
  #cleared = 0;
  #floats: Float32Array;
  #integers: Int32Array;
  #doubles: Float64Array;

  /**
   * @param module  from `compileKernels`
   * @param wrap  may replace the exports, for example by timed ones
   * @throws InvalidRequest where `module` is not compiled kernels
   * @throws MemoryShortage, an InvalidRequest, where the runtime has no memory for an instance
   */
  constructor(module: KernelModule, wrap = (exports: KernelExports): KernelExports => exports) {
    checkModule(module, "kernels");
    this.#instance = () => wrap(instantiate(module));
    this.run = this.#instance();
    this.#end = this.base;
    [this.#floats, this.#integers, this.#doubles] = viewsOf(this.run);
  }

  /** The byte offset from which memory is handed out. */
  get base(): Pointer {
    return this.run.heapBase.value;
  }

  /** The byte offset up to which memory is handed out. */
  get taken(): number {
    return this.#end;
  }

  allocate(count: number): Pointer {
    const { start, end } = placeBehind(this.#end, count);
    this.reserve(end);
    this.#end = end;
    return start;
  }

  /**
   * Makes the runtime give memory up to byte `end`, if it has not yet. Memory that is never written takes none of the machine's.
   *
   * @throws MemoryShortage where the runtime gives less
   */
  reserve(end: Pointer): void {
    const { memory } = this.run;
    if (end <= memory.buffer.byteLength) return;
    if (end > MOST_MEMORY) throw new MemoryShortage(MOST_MEMORY, "a network can have at most");
    const pages = memory.buffer.byteLength / PAGE;
    const missing = Math.ceil(end / PAGE) - pages;
    // Growing a large memory takes milliseconds. An eighth more saves the next few times.
    const ample = Math.min(Math.max(missing, Math.floor(pages / 8)), MOST_MEMORY / PAGE - pages);
    const grown = grows(memory, ample) || grows(memory, missing);
    if (!grown) growToMost(memory);
    [this.#floats, this.#integers, this.#doubles] = viewsOf(this.run);
    if (!grown) throw new MemoryShortage(memory.buffer.byteLength, "this runtime gives at most");
  }

  /**
   * Takes all memory back and sets it to zero. New memory costs a process several times more than clearing does: to train one
   * network after another, keep one instance.
   */
  clear(): void {
    this.#cleared++;
    const { buffer } = this.run.memory;
    const { base } = this;
    // A kernel that works on whole tiles may have written beyond the last piece.
    const end = Math.min(this.#end + 16 * PAGE, buffer.byteLength);
    this.#end = base;
    new Uint8Array(buffer).fill(0, base, end);
  }

  /**
   * Takes all memory back by replacing it. This is for much memory that was handed out but hardly written: clearing would make it take
   * the machine's. Where the runtime gives no other memory, it is cleared.
   */
  renew(): void {
    try {
      this.run = this.#instance();
    } catch (error) {
      if (!(error instanceof MemoryShortage)) throw error;
      this.clear();
      return;
    }
    this.#cleared++;
    this.#end = this.base;
    [this.#floats, this.#integers, this.#doubles] = viewsOf(this.run);
  }

  /** How often all memory was taken back: what was placed in it before is gone. */
  get cleared(): number {
    return this.#cleared;
  }

  floats(pointer: Pointer, count: number): Float32Array {
    return this.#floats.subarray(place(pointer), place(pointer) + count);
  }

  integers(pointer: Pointer, count: number): Int32Array {
    return this.#integers.subarray(place(pointer), place(pointer) + count);
  }

  doubles(pointer: Pointer, count: number): Float64Array {
    return this.#doubles.subarray(pointer / 8, pointer / 8 + count);
  }

  copy(from: Pointer, to: Pointer, count: number): void {
    this.#floats.copyWithin(place(to), place(from), place(from) + count);
  }
}

const INSTANCE = "an instance of Kernels, as new Kernels(compiled) is";

/** @throws InvalidRequest where it is not an instance of `Kernels` */
export function checkKernels(kernels: Kernels): void {
  instanceOf(Kernels, INSTANCE)(kernels, "kernels");
}

/** @throws InvalidRequest where the value cannot allocate, such as compiled kernels instead of an instance */
export const checkSpace: Check = (space, what) => {
  if (typeof (space as Partial<KernelSpace> | null | undefined)?.allocate !== "function") refuse(what, INSTANCE, space);
};

/**
 * Counts allocations without memory behind them. They give the same offsets as an instance's, so a network that is made here shows
 * how much memory it needs.
 */
export class CountedSpace implements KernelSpace {
  readonly run = {} as KernelExports;
  #end: Pointer;

  /**
   * @param base   an instance's `base`
   * @param there  the byte offset beyond which nothing is handed out
   */
  constructor(
    base: Pointer,
    readonly there = Number.POSITIVE_INFINITY,
  ) {
    this.#end = base;
  }

  get taken(): number {
    return this.#end;
  }

  allocate(count: number): Pointer {
    const { start, end } = placeBehind(this.#end, count);
    if (end > this.there) throw new MemoryShortage(this.there, "there are");
    this.#end = end;
    return start;
  }

  /** A new array: what is written to it is not kept. */
  floats(_pointer: Pointer, count: number): Float32Array {
    return new Float32Array(count);
  }

  integers(_pointer: Pointer, count: number): Int32Array {
    return new Int32Array(count);
  }

  doubles(_pointer: Pointer, count: number): Float64Array {
    return new Float64Array(count);
  }

  copy(): void {}
}

function instantiate(module: KernelModule): KernelExports {
  try {
    const exports = new WebAssembly.Instance(module).exports as Partial<KernelExports>;
    if (exports.memory && exports.heapBase) return exports as KernelExports;
  } catch (error) {
    if (error instanceof RangeError) throw new MemoryShortage(0, "this runtime gives at most");
    throw error;
  }
  throw new InvalidRequest("the kernels are not kernels.wasm: they export no memory or no heapBase");
}

function viewsOf({ memory: { buffer } }: KernelExports): [Float32Array, Int32Array, Float64Array] {
  return [new Float32Array(buffer), new Int32Array(buffer), new Float64Array(buffer)];
}

function grows(memory: KernelExports["memory"], pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Takes all the memory that the runtime still gives, to the page. */
function growToMost(memory: KernelExports["memory"]): void {
  for (let step = 2 ** 15; step >= 1; step /= 2) grows(memory, step);
}
