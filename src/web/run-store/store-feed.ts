import { type ReadonlySignal, signal } from "@preact/signals";
import { type StoreDocument, storeDocumentFromJson } from "../../core/runs/store-document.js";
import { ask } from "./ask.js";
import { poll } from "./poll.js";

/** Between an answer and the next question, in ms. */
const INTERVAL = 2000;

/** What a run store has, kept up to date while somebody looks. */
export class StoreFeed {
  readonly #document = signal<StoreDocument | undefined>(undefined);
  readonly #failure = signal<string | undefined>(undefined);
  /** Of `document`. */
  #etag: string | null = null;

  /** @param address  of the store's document */
  constructor(readonly address: URL) {}

  /** As it was said last; undefined until then. */
  get document(): ReadonlySignal<StoreDocument | undefined> {
    return this.#document;
  }

  /** Why the last question was not answered, in one line. */
  get failure(): ReadonlySignal<string | undefined> {
    return this.#failure;
  }

  /** Asks every two seconds, until what is returned is called. */
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
