import { useEffect, useRef, useState } from "preact/hooks";
import { LatestWins } from "../workers/latest-wins.js";

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
  const [queue] = useState(() => new LatestWins());
  const [latest, setLatest] = useState<Latest<Value> & { readonly key?: string }>({ pending: false });
  const isAsked = useRef(false);
  isAsked.current = key !== undefined;
  useEffect(() => {
    if (key === undefined) {
      queue.ask(undefined);
      setLatest({ pending: false });
      return;
    }
    // Where another question waits, this answer is better than none. Where none does, it would stay.
    const answered = (answer: Omit<Latest<Value>, "pending">) => {
      if (isAsked.current) setLatest({ ...answer, key, pending: false });
    };
    queue.ask(async () => {
      try {
        answered({ value: await ask() });
      } catch (error) {
        answered({ failure: (error as Error).message });
      }
    });
  }, [key]);
  return { ...latest, pending: key !== undefined && latest.key !== key };
}
