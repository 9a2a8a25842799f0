import type { AnswerOf, ArgumentOf, Methods, ProgressOf, Said } from "./protocol.js";

/** What a worker is for: each is a file of its own, which the build finds by these words. */
const STARTS = {
  analysis: (name: string) => new Worker(new URL("./analysis.ts", import.meta.url), { type: "module", name }),
  images: (name: string) => new Worker(new URL("./images.ts", import.meta.url), { type: "module", name }),
  inspection: (name: string) => new Worker(new URL("./inspection.ts", import.meta.url), { type: "module", name }),
  measures: (name: string) => new Worker(new URL("./measures.ts", import.meta.url), { type: "module", name }),
  training: (name: string) => new Worker(new URL("./training.ts", import.meta.url), { type: "module", name }),
} as const;

interface Pending {
  readonly onProgress: ((progress: never) => void) | undefined;
  resolve(answer: never): void;
  reject(error: Error): void;
}

/** A worker ended before it answered a call. */
export class WorkerEnded extends Error {}

let started = 0;

/** Calls the methods of a worker. When the worker ends, every open call fails, and so does every later one. */
export class WorkerClient<Offered extends Methods> {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  #ended: string | undefined;

  constructor(role: keyof typeof STARTS) {
    // No other worker of the origin has it: it is the lock's name too.
    const name = `${role} pairlab ${performance.timeOrigin} ${++started}`;
    this.#worker = STARTS[role](name);
    this.#worker.onmessage = ({ data }: MessageEvent<Said>) => {
      if ("holds" in data) navigator.locks.request(name, () => this.end("its worker has ended"));
      else this.#hear(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.end(event.message || "it could not be started");
    };
  }

  /**
   * @param buffers  of the argument: they are transferred instead of copied
   * @throws Error with the worker's own message, or WorkerEnded
   */
  call<Name extends keyof Offered & string>(
    method: Name,
    argument: ArgumentOf<Offered[Name]>,
    onProgress?: (progress: ProgressOf<Offered[Name]>) => void,
    buffers: readonly ArrayBuffer[] = [],
  ): Promise<AnswerOf<Offered[Name]>> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(new WorkerEnded(this.#ended));
        return;
      }
      const call = ++this.#calls;
      this.#pending.set(call, { onProgress, resolve, reject });
      this.#worker.postMessage({ call, method, argument }, [...buffers]);
    });
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Ends the worker at once. */
  end(reason: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(new WorkerEnded(reason));
    this.#pending.clear();
  }

  #hear(said: Exclude<Said, { holds: true }>): void {
    const pending = this.#pending.get(said.call);
    if (!pending) return;
    if ("progress" in said) {
      pending.onProgress?.(said.progress as never);
      return;
    }
    this.#pending.delete(said.call);
    if ("failure" in said) pending.reject(new Error(said.failure));
    else pending.resolve(said.answer as never);
  }
}
