import { refuse, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { KernelSpace, Pointer } from "./kernels.js";

/** The most threads of a group. */
export const MOST_THREADS = 16;

/** Words of different threads lie in different cache lines. */
const LINE = 64;
/** Whether the group was stopped, then a word of each thread that counts its exchanges. */
const HEADER = LINE * (1 + MOST_THREADS);
const STOPPED = 0;
/** About 0.1 ms. A thread that waits longer sleeps: others may need its core. */
const SPINS = 20_000;
/** How often a thread that sleeps looks whether another has given up, in milliseconds. */
const LOOK_MS = 100;

/** Thrown in a thread whose group was stopped. */
export class GroupStopped extends InvalidRequest {
  constructor() {
    super("the other threads of this training have stopped");
  }
}

/** A part of a batch's examples. */
interface Share {
  readonly first: number;
  readonly count: number;
}

/** A piece of the kernels' memory: `count` 32-bit values. */
interface Piece {
  readonly pointer: Pointer;
  readonly count: number;
}

/** Something that waits for another thread. */
interface Pending {
  readonly isReady: () => boolean;
  readonly run: () => void;
}

/**
 * Threads that train one network together to the bits of a single one. Each runs the whole training on kernels of its own. In a
 * trunk's first layers it computes only its part of a batch's images, and threads tell each other what these layers sum over images:
 *
 * - moments of batch norm and gradients of weights: the first thread sums over its images, the next goes on from there, and so on
 *   (`Relay`);
 * - the outputs of these layers, which every thread gets for all images (`Exchange`).
 *
 * Everything else, such as the head and the optimizer, each thread does for itself. All have to make the same exchanges in the same
 * order.
 */
export class ThreadGroup {
  readonly #memory: SharedArrayBuffer | undefined;
  readonly #words: Int32Array;
  #end = HEADER;
  #exchanges = 0;
  #unit = 1;
  /** The examples of a pair in layers that are divided; 0 where none is. */
  #each = 0;
  #shares: readonly Share[] = [];
  #all = 0;
  readonly #pending: Pending[] = [];
  readonly #last: (() => void)[] = [];

  /**
   * @param rank    the place of this thread among `size`, from 0
   * @param size    1 to 16
   * @param memory  zeros, of as many bytes as a model with a group takes: its `bytes`. Each training needs new ones. Without memory, a
   *   model only counts these.
   * @throws InvalidRequest where rank or size is out of range, or the memory is too small or served another training
   */
  constructor(
    readonly rank: number,
    readonly size: number,
    memory?: SharedArrayBuffer,
  ) {
    within({ least: 1, most: MOST_THREADS, whole: true })(size, "size");
    within({ least: 0, most: size - 1, whole: true })(rank, "rank");
    if (memory !== undefined) checkMemory(memory);
    this.#memory = memory;
    this.#words = new Int32Array(memory ?? new ArrayBuffer(HEADER));
    // What another training left there would pass for this one's sums.
    if (this.has(this.#wordOf(rank), 1))
      throw new InvalidRequest("a group's memory served another training: give each training new memory");
  }

  /** The bytes of shared memory that were taken. */
  get bytes(): number {
    return this.#end;
  }

  /** Takes shared memory: the index of its first 32-bit word. */
  take(words: number): number {
    const start = this.#end;
    this.#end += Math.ceil((words * 4) / LINE) * LINE;
    if (this.#memory && this.#end > this.#memory.byteLength)
      throw new InvalidRequest(
        `a group's memory has ${this.#memory.byteLength} bytes, too few for this training: a model with a group without memory counts them in its bytes`,
      );
    return start / 4;
  }

  /** The words of shared memory from an index on. */
  words(first: number, count: number): Int32Array {
    return this.#words.subarray(first, first + count);
  }

  /** Says that the bits of sums depend on which examples are computed together: a part begins at a multiple of `count`. */
  keepTogether(count: number): void {
    this.#unit = multiple(this.#unit, count);
  }

  /** Says that threads divide the examples of batches, `each` of a pair. */
  divide(each: number): void {
    this.#each = each;
    this.keepTogether(each);
  }

  /** Begins a batch. */
  begin(pairs: number): void {
    const all = this.#each * pairs;
    if (all === this.#all) return;
    const ends = Array.from({ length: this.size }, (_, rank) =>
      rank === this.size - 1
        ? all
        : Math.min(all, Math.round(((rank + 1) * all) / this.size / this.#unit) * this.#unit),
    );
    this.#shares = ends.map((end, rank) => ({ first: ends[rank - 1] ?? 0, count: end - (ends[rank - 1] ?? 0) }));
    this.#all = all;
  }

  /** Whether any layers are divided. */
  get divides(): boolean {
    return this.#each > 0;
  }

  /** Whether every thread has a part of this batch. */
  get isDivided(): boolean {
    return this.divides && this.#shares.every(({ count }) => count > 0);
  }

  /** The examples of the batch. */
  get all(): number {
    return this.#all;
  }

  /** This thread's examples of the batch. */
  get own(): Share {
    return this.shareOf(this.rank);
  }

  /** This thread's pairs of a batch. */
  ownPairs(pairs: number): Share {
    if (!this.divides) return { first: 0, count: pairs };
    const { first, count } = this.own;
    return { first: first / this.#each, count: count / this.#each };
  }

  shareOf(rank: number): Share {
    return this.#shares[rank] as Share;
  }

  /** Says that this thread has made one more exchange, and waits for the others. */
  meet(): void {
    const turn = ++this.#exchanges;
    this.set(this.#wordOf(this.rank), turn);
    for (let rank = 0; rank < this.size; rank++) this.await(this.#wordOf(rank), turn);
  }

  #wordOf(rank: number): number {
    return (LINE / 4) * (1 + rank);
  }

  set(word: number, value: number): void {
    Atomics.store(this.#words, word, value);
    Atomics.notify(this.#words, word);
  }

  has(word: number, value: number): boolean {
    return Atomics.load(this.#words, word) >= value;
  }

  /** Waits until a word has at least a value. Meanwhile it does what waits for others and is ready. */
  await(word: number, value: number): void {
    for (let spins = 0; !this.has(word, value); spins++) {
      if (this.#pending[0]?.isReady()) {
        this.#pending.shift()?.run();
        spins = 0;
      }
      if (spins < SPINS) continue;
      if (Atomics.load(this.#words, STOPPED) !== 0) throw new GroupStopped();
      const seen = Atomics.load(this.#words, word);
      if (seen < value) Atomics.wait(this.#words, word, seen, this.#pending.length > 0 ? 1 : LOOK_MS);
    }
  }

  /** Runs something as soon as it is ready and this thread would wait, at the latest in `settle`. */
  whenReady(pending: Pending): void {
    this.#pending.push(pending);
  }

  /** Runs something at the end of the way back. */
  atEnd(run: () => void): void {
    this.#last.push(run);
  }

  /** Call it at the end of the way back, when all of it has begun. */
  settle(): void {
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) next.run();
    for (const run of this.#last.splice(0)) run();
  }
}

/** @throws InvalidRequest where it is no shared memory, or too small for any group */
function checkMemory(memory: SharedArrayBuffer): void {
  const is = memory instanceof SharedArrayBuffer && memory.byteLength >= HEADER;
  if (!is) refuse("memory", "a SharedArrayBuffer of as many bytes as groupSize says", memory);
}

/**
 * Makes the threads of a group stop where they next wait for each other: they throw `GroupStopped`.
 *
 * @param memory  what the group shares
 * @throws InvalidRequest where it is not
 */
export function stopGroup(memory: SharedArrayBuffer): void {
  checkMemory(memory);
  const words = new Int32Array(memory);
  Atomics.store(words, STOPPED, 1);
}

/** Numbers of each example of a batch, of which every thread has computed its own. */
export class Exchange {
  readonly #group: ThreadGroup;
  readonly #kernels: KernelSpace;
  readonly #floats: number;
  /** Two pieces of memory in turn: a thread may still read one when another goes on to the next exchange. */
  readonly #places: readonly [number, number];
  #turn = 0;

  /** @param floats  of one example, 32 bits each */
  constructor(group: ThreadGroup, kernels: KernelSpace, floats: number, examples: number) {
    this.#group = group;
    this.#kernels = kernels;
    this.#floats = floats;
    this.#places = [group.take(floats * examples), group.take(floats * examples)];
  }

  /**
   * @param own  this thread's
   * @param all  where those of all threads are written
   */
  run(own: Pointer, all: Pointer): void {
    const { size, rank } = this.#group;
    this.#turn = 1 - this.#turn;
    const share = this.#group.own;
    const computed = this.#kernels.integers(own, share.count * this.#floats);
    this.#in(all, share).set(computed);
    this.#shared(share).set(computed);
    this.#group.meet();
    for (let other = 0; other < size; other++) {
      const theirs = this.#group.shareOf(other);
      if (other !== rank) this.#in(all, theirs).set(this.#shared(theirs));
    }
  }

  #shared({ first, count }: Share): Int32Array {
    return this.#group.words((this.#places[this.#turn] as number) + first * this.#floats, count * this.#floats);
  }

  #in(all: Pointer, { first, count }: Share): Int32Array {
    return this.#kernels.integers(all + first * this.#floats * 4, count * this.#floats);
  }
}

/** A sum of whole numbers over threads. */
export class Total {
  readonly #group: ThreadGroup;
  readonly #places: readonly [number, number];
  #turn = 0;

  constructor(group: ThreadGroup) {
    this.#group = group;
    this.#places = [group.take(group.size), group.take(group.size)];
  }

  /** Where nothing is divided, each thread has the whole sum. */
  of(own: number): number {
    if (!this.#group.divides) return own;
    this.#turn = 1 - this.#turn;
    const words = this.#group.words(this.#places[this.#turn] as number, this.#group.size);
    words[this.#group.rank] = own;
    this.#group.meet();
    return words.reduce((sum, each) => sum + each, 0);
  }
}

/** The way back through a layer whose weights' gradient is a sum over examples in their order. */
export interface SummedBackwards {
  /** Computes the input's gradient. */
  input(): void;
  /**
   * Adds this thread's examples to the weights' gradient.
   *
   * @param isFirst  whether no other thread's examples are before
   */
  weights(isFirst: boolean): void;
  /** Called when the weights' gradient is there. */
  end(): void;
}

/** A sum over a batch's examples that goes from thread to thread, each of which adds its own. */
export class Relay {
  readonly #group: ThreadGroup;
  readonly #kernels: KernelSpace;
  readonly #pieces: () => readonly Piece[];
  /** The word of each thread that counts its sums, and where it leaves them. */
  readonly #words: readonly number[];
  readonly #places: readonly number[];
  #turn = 0;

  /** @param pieces  says what the sums lie in, always as many floats; they are 0 before the first example */
  constructor(group: ThreadGroup, kernels: KernelSpace, pieces: () => readonly Piece[]) {
    this.#group = group;
    this.#kernels = kernels;
    this.#pieces = pieces;
    const count = pieces().reduce((sum, piece) => sum + piece.count, 0);
    const ranks = Array.from({ length: group.size });
    this.#words = ranks.map(() => group.take(1));
    this.#places = ranks.map(() => group.take(count));
  }

  /** Waits until every thread has added its examples. */
  sum(addOwn: () => void): void {
    const { rank, size } = this.#group;
    const turn = ++this.#turn;
    if (rank > 0) this.#fetch(rank - 1, turn);
    addOwn();
    this.#leave(turn);
    if (rank < size - 1) this.#fetch(size - 1, turn);
  }

  /** On the way back the sum is there at its end. */
  run({ input, weights, end }: SummedBackwards): void {
    const group = this.#group;
    const { rank, size } = group;
    const turn = ++this.#turn;
    // The next thread goes on with the weights as soon as they are left, and has computed its input's gradient by then.
    if (rank === 0) {
      weights(true);
      this.#leave(turn);
      input();
    } else {
      input();
      const before = this.#words[rank - 1] as number;
      group.whenReady({
        isReady: () => group.has(before, turn),
        run: () => {
          this.#fetch(rank - 1, turn);
          weights(false);
          this.#leave(turn);
        },
      });
    }
    group.atEnd(() => {
      if (rank < size - 1) this.#fetch(size - 1, turn);
      end();
    });
  }

  #leave(turn: number): void {
    const { rank } = this.#group;
    this.#each(rank, (shared, own) => shared.set(own));
    this.#group.set(this.#words[rank] as number, turn);
  }

  #fetch(rank: number, turn: number): void {
    this.#group.await(this.#words[rank] as number, turn);
    this.#each(rank, (shared, own) => own.set(shared));
  }

  #each(rank: number, visit: (shared: Int32Array, own: Int32Array) => void): void {
    let at = this.#places[rank] as number;
    for (const { pointer, count } of this.#pieces()) {
      visit(this.#group.words(at, count), this.#kernels.integers(pointer, count));
      at += count;
    }
  }
}

/** The least common multiple. */
const multiple = (a: number, b: number): number => (a / divisor(a, b)) * b;

/** The greatest common divisor. */
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
