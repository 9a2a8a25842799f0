import { type Check, instanceOf, refuse, tagged } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { KernelFunctions, Pointer } from "../generated/kernels.js";
import { inShort } from "../given.js";

export type { Pointer };

/** What the kernels export; their sources say what each does. */
export interface KernelExports extends KernelFunctions {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly heapBase: { readonly value: number };
}

/** The part of the WebAssembly interface that the engine uses; every runtime has it, whatever its type libraries. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
};

/** Compiled kernels, ready to be instantiated for any number of networks. */
export type KernelModule = object;

/**
 * Compiles the bytes of `kernels.wasm` or `kernels.relaxed.wasm`.
 *
 * @throws InvalidRequest where they are other bytes, or the runtime lacks the instructions
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
 * Bytes that an instance's memory may have: what 32 bits address, less a page. Kernels add up where a buffer ends, which at the very
 * last byte would be 2³² and wrap to 0.
 */
export const MOST_MEMORY = 2 ** 32 - PAGE;

/** There is less memory than what was asked for. */
export class MemoryShortage extends InvalidRequest {
  /**
   * @param there  bytes that there are
   * @param owner  who has no more, as in "this machine has"
   */
  constructor(
    readonly there: number,
    readonly owner: string,
    message = `there is no room left in memory for a network: ${owner} ${inMebibytes(there)}`,
  ) {
    super(message);
  }
}

/** In whole MiB: rounded up, what is needed is always more than what there is, rounded down. */
export function inMebibytes(bytes: number, round = Math.floor): string {
  return `${round(bytes / 2 ** 20)} MiB`;
}

/** The kernels and room beside them, as those see it who make a network: 32-bit values at byte offsets, zero at first. */
export interface KernelSpace {
  readonly run: KernelExports;
  /**
   * Room for `count` 32-bit values, zeroed, aligned to a cache line.
   *
   * @throws MemoryShortage, an InvalidRequest, where there is not so much
   */
  allocate(count: number): Pointer;
  /** A view of `count` floats. It goes stale with the next allocation. */
  floats(pointer: Pointer, count: number): Float32Array;
  /** A view of `count` integers. It goes stale with the next allocation. */
  integers(pointer: Pointer, count: number): Int32Array;
  /** A view of `count` doubles. It goes stale with the next allocation. */
  doubles(pointer: Pointer, count: number): Float64Array;
  /** Copies `count` 32-bit values within the memory. */
  copy(from: Pointer, to: Pointer, count: number): void;
}

/** Where a pointer's value is among 32-bit values. Unsigned: a signed shift makes it negative from 2 GiB on. */
const place = (pointer: Pointer): number => pointer >>> 2;

/** Where the next piece begins, and where it ends. */
function placeBehind(end: Pointer, count: number): { readonly start: Pointer; readonly end: Pointer } {
  const start = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
  return { start, end: start + count * 4 };
}

/** One instance of the kernels with its own memory, handed out piece by piece and taken back all at once. */
export class Kernels implements KernelSpace {
  run: KernelExports;
  readonly #instance: () => KernelExports;
  #end: Pointer;
  #floats: Float32Array;
  #integers: Int32Array;
  #doubles: Float64Array;

  /**
   * @param wrap  puts something around the kernels, such as a clock
   * @throws InvalidRequest where these are no compiled kernels; MemoryShortage, which is one, where the runtime has no memory
   *   for an instance
   */
  constructor(module: KernelModule, wrap = (exports: KernelExports): KernelExports => exports) {
    checkModule(module, "kernels");
    this.#instance = () => wrap(instantiate(module));
    this.run = this.#instance();
    this.#end = this.base;
    [this.#floats, this.#integers, this.#doubles] = viewsOf(this.run);
  }

  /** Where the first piece may begin. */
  get base(): Pointer {
    return this.run.heapBase.value;
  }

  /** Bytes that are handed out, with those before the first piece. */
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
   * Has the runtime give memory up to `end`, if it has not yet. Memory that nothing is put into takes no room in the machine's.
   *
   * @throws MemoryShortage where it does not
   */
  reserve(end: Pointer): void {
    const { memory } = this.run;
    if (end <= memory.buffer.byteLength) return;
    if (end > MOST_MEMORY) throw new MemoryShortage(MOST_MEMORY, "a network can have at most");
    const pages = memory.buffer.byteLength / PAGE;
    const missing = Math.ceil(end / PAGE) - pages;
    // Growing takes milliseconds where there is much already: an eighth more saves the next few times.
    const ample = Math.min(Math.max(missing, Math.floor(pages / 8)), MOST_MEMORY / PAGE - pages);
    const grown = grows(memory, ample) || grows(memory, missing);
    if (!grown) growToMost(memory);
    [this.#floats, this.#integers, this.#doubles] = viewsOf(this.run);
    if (!grown) throw new MemoryShortage(memory.buffer.byteLength, "this runtime gives at most");
  }

  /**
   * Takes all memory back, zeroed. What is new to a process costs several times what it takes to clear: whoever trains one
   * network after the other had better keep one instance.
   */
  clear(): void {
    const { buffer } = this.run.memory;
    const { base } = this;
    // A kernel that works on whole tiles may have written beyond the last piece.
    const end = Math.min(this.#end + 16 * PAGE, buffer.byteLength);
    this.#end = base;
    new Uint8Array(buffer).fill(0, base, end);
  }

  /**
   * Takes all memory back by taking another in its place, where much was handed out and little put there: what clears it would fill the
   * machine's. Where the runtime has no other, it is cleared.
   */
  renew(): void {
    try {
      this.run = this.#instance();
    } catch (error) {
      if (!(error instanceof MemoryShortage)) throw error;
      this.clear();
      return;
    }
    this.#end = this.base;
    [this.#floats, this.#integers, this.#doubles] = viewsOf(this.run);
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

/** @throws InvalidRequest where it is not an instance that can be cleared */
export function checkKernels(kernels: Kernels): void {
  instanceOf(Kernels, INSTANCE)(kernels, "kernels");
}

/** @throws InvalidRequest where there is nothing to take room of: an instance has it, compiled kernels have not */
export const checkSpace: Check = (space, what) => {
  if (typeof (space as Partial<KernelSpace> | null | undefined)?.allocate !== "function") refuse(what, INSTANCE, space);
};

/**
 * Room that is only counted: allocations answer as an instance's do, and there is nothing behind them. What a network needs is known
 * by making it here.
 */
export class CountedSpace implements KernelSpace {
  /** Nothing can be computed here. */
  readonly run = {} as KernelExports;
  #end: Pointer;

  /**
   * @param base   where the first piece may begin: an instance's
   * @param there  bytes beyond which nothing is handed out
   */
  constructor(
    base: Pointer,
    readonly there = Number.POSITIVE_INFINITY,
  ) {
    this.#end = base;
  }

  /** As an instance's. */
  get taken(): number {
    return this.#end;
  }

  allocate(count: number): Pointer {
    const { start, end } = placeBehind(this.#end, count);
    if (end > this.there) throw new MemoryShortage(this.there, "there are");
    this.#end = end;
    return start;
  }

  /** Takes what is written, and forgets it. */
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
  throw new InvalidRequest("the kernels are another program: it has no memory, or no heapBase, as kernels.wasm has");
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

/** Takes all that the runtime still gives, to a page. */
function growToMost(memory: KernelExports["memory"]): void {
  for (let step = 2 ** 15; step >= 1; step /= 2) grows(memory, step);
}
