import { useEffect, useState } from "preact/hooks";

export interface Latest<Value> {
  /** Of the last question that was answered. */
  readonly value?: Value;
  readonly failure?: string;
  /** A newer question is not answered yet. */
  readonly pending: boolean;
}

/**
 * Answers of something that takes a while: while one is worked out, of all questions that come only the last is asked next.
 *
 * @param key  the same for the same question; undefined for none
 */
export function useLatest<Value>(key: string | undefined, ask: () => Promise<Value>): Latest<Value> {
  const [queue] = useState(() => new Queue());
  const [latest, setLatest] = useState<Latest<Value> & { readonly key?: string }>({ pending: false });
  useEffect(() => {
    if (key === undefined) {
      queue.next(undefined);
      setLatest({ pending: false });
      return;
    }
    queue.next(async () => {
      try {
        setLatest({ key, value: await ask(), pending: false });
      } catch (error) {
        setLatest({ key, failure: (error as Error).message, pending: false });
      }
    });
  }, [key]);
  return { ...latest, pending: key !== undefined && latest.key !== key };
}

class Queue {
  #next: (() => Promise<void>) | undefined;
  #busy = false;

  next(work: (() => Promise<void>) | undefined): void {
    this.#next = work;
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let work = this.#next; work; work = this.#next) {
      this.#next = undefined;
      await work();
    }
    this.#busy = false;
  }
}
