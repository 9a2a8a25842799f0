import { type ReadonlySignal, signal } from "@preact/signals";
import { type StoreDocument, storeDocumentFromJson } from "../../core/runs/store-document.js";
import { ask } from "./ask.js";
import { poll } from "./poll.js";

/** The time between an answer and the next question, in ms. */
const INTERVAL = 2000;

/** The content of a run store, kept up to date while it is followed. */
export class StoreFeed {
  readonly #document = signal<StoreDocument | undefined>(undefined);
  readonly #failure = signal<string | undefined>(undefined);
  #etag: string | null = null;

  /** @param address  that of the store's document */
  constructor(readonly address: URL) {}

  /** The last answer; undefined before the first. */
  get document(): ReadonlySignal<StoreDocument | undefined> {
    return this.#document;
  }

  /** Why the last question was not answered, in one line. */
  get failure(): ReadonlySignal<string | undefined> {
    return this.#failure;
  }

  /** Asks every two seconds, until the returned function is called. */
  follow(): () => void {
    return poll((ended) => this.#ask(ended), INTERVAL);
  }

  async #ask(ended: AbortSignal): Promise<void> {
    try {
      const response = await ask(this.address, ended);
      const etag = response.headers.get("etag");
      if (etag === null || etag !== this.#etag) {
        this.#document.value = storeDocumentFromJson(await response.json());
        this.#etag = etag;
      }
      this.#failure.value = undefined;
    } catch (error) {
      if (!ended.aborted) this.#failure.value = (error as Error).message;
    }
  }
}
