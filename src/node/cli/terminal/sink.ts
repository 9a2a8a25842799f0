import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import { codeOf } from "../../errors.js";
import { obstacle } from "../../obstacles.js";

/** Time to wait for a device that takes nothing just now. */
const PAUSE_MS = 5;

/** Standard output or standard error. It remembers whether text was lost. */
export class Sink {
  readonly #descriptor: 1 | 2;
  readonly #name: string;
  #stream: NodeJS.WriteStream | undefined;
  /** Whether no one reads the output any more. */
  #isClosed = false;
  #failure: Error | undefined;

  constructor(descriptor: 1 | 2, name: string) {
    this.#descriptor = descriptor;
    this.#name = name;
  }

  get isTerminal(): boolean {
    return isatty(this.#descriptor);
  }

  /** Of the terminal, if there is one. Some report no columns or rows: those get the usual numbers. */
  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#open();
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  }

  /** @throws Error when this or earlier text is known to be lost. A reader that stops early is not a failure. */
  write(text: string): void {
    if (this.#failure) throw this.#failure;
    if (this.#isClosed) return;
    if (isStreamed(this.#descriptor)) {
      this.#open().write(text);
      return;
    }
    try {
      this.#writeAll(Buffer.from(text));
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** Waits until all has been taken. @throws Error when some is lost */
  async flush(): Promise<void> {
    const stream = this.#stream;
    if (stream?.writable && !this.#isClosed && !this.#failure)
      await new Promise<void>((resolve) => {
        stream.once("close", resolve).write("", () => resolve());
      });
    if (this.#failure) throw this.#failure;
  }

  #open(): NodeJS.WriteStream {
    if (this.#stream) return this.#stream;
    this.#stream = this.#descriptor === 1 ? process.stdout : process.stderr;
    this.#stream.on("error", (error) => {
      if (codeOf(error) === "EPIPE") this.#isClosed = true;
      else this.#fail(error);
    });
    return this.#stream;
  }

  /** Node's own stream writes to a file once, and loses the text that did not fit. */
  #writeAll(bytes: Buffer): void {
    for (let rest = bytes; rest.length > 0; ) {
      try {
        rest = rest.subarray(writeSync(this.#descriptor, rest));
      } catch (error) {
        if (codeOf(error) !== "EAGAIN") throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
      }
    }
  }

  #fail(error: unknown): Error {
    this.#failure ??= new Error(`cannot write on ${this.#name}: ${obstacle(error)}`);
    return this.#failure;
  }
}

/** Whether it is a terminal, a pipe or a socket, rather than a file or another device. */
function isStreamed(descriptor: number): boolean {
  if (isatty(descriptor)) return true;
  const there = fstatSync(descriptor);
  return there.isFIFO() || there.isSocket();
}

/** Does work that may print by itself: that goes to standard error, because standard output is the command's. */
export async function withPrintsAside<Value>(work: () => Promise<Value>): Promise<Value> {
  const { log, info, debug, error } = console;
  Object.assign(console, { log: error, info: error, debug: error });
  try {
    return await work();
  } finally {
    Object.assign(console, { log, info, debug });
  }
}
