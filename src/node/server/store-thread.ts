import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Busy } from "./busy.js";
import type { Resource } from "./resource.js";

/** What the thread says, in the order in which it is asked: the document if it has changed, or why there is none. */
export interface StoreAnswer {
  readonly resource?: Resource;
  readonly failure?: string;
  readonly exhausted?: boolean;
}

/** A request that waits for an answer. */
interface Asking {
  readonly resolve: (resource: Resource) => void;
  readonly reject: (error: Error) => void;
}

/** A `StoreView` in a thread of its own: other requests do not wait while thousands of runs are read. */
export class StoreThread {
  #thread: Worker | undefined;
  #resource: Resource | undefined;
  #asking: Asking[] = [];

  constructor(readonly folder: string) {}

  /** Resolves when the thread has loaded its code: later there may be too few file handles for that. */
  async ready(): Promise<void> {
    const thread = this.#started();
    thread.ref();
    await once(thread, "message");
    thread.unref();
  }

  /**
   * The store's document as JSON.
   *
   * @throws Busy if there are too many open files; Error with one line where the store cannot be read
   */
  resource(): Promise<Resource> {
    return new Promise((resolve, reject) => {
      const thread = this.#started();
      this.#asking.push({ resolve, reject });
      thread.postMessage("ask");
    });
  }

  #started(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(new URL("./store-worker.js", import.meta.url), { workerData: this.folder });
    this.#thread = thread;
    thread.unref();
    let failure = "its thread has ended";
    thread.on("error", (error) => {
      failure = (error as Error).message.split("\n", 1)[0] as string;
    });
    thread.once("exit", () => this.#ended(failure));
    // The first message says that it is ready.
    thread.once("message", () => thread.on("message", (said: StoreAnswer) => this.#answered(said)));
    return thread;
  }

  #answered({ resource, failure, exhausted }: StoreAnswer): void {
    const asking = this.#asking.shift();
    if (resource) this.#resource = resource;
    if (failure !== undefined) asking?.reject(exhausted ? new Busy(failure) : new Error(failure));
    else if (this.#resource) asking?.resolve(this.#resource);
  }

  /** The next request gets a new thread. */
  #ended(failure: string): void {
    this.#thread = undefined;
    this.#resource = undefined;
    for (const { reject } of this.#asking.splice(0)) reject(new Busy(`cannot read ${this.folder}: ${failure}`));
  }
}
