import { useEffect, useState } from "preact/hooks";

interface Fetched<Module> {
  readonly module: Module | undefined;
  /** Whether it cannot be fetched: there is no connection, or the site has another version by now. */
  readonly failed: boolean;
  /** Tries to fetch it once more. */
  readonly again: () => void;
}

/** What was fetched, by what fetches it: it is there at once where it is shown again. */
const there = new WeakMap<() => Promise<object>, object>();

/**
 * A part of the page's script that is fetched when it is wanted: what is not shown first is not in the first visit.
 *
 * @param load  the same function each time
 */
export function useModule<Module extends object>(load: () => Promise<Module>, wanted = true): Fetched<Module> {
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  const [, setFetched] = useState<Module>();
  const module = there.get(load) as Module | undefined;
  useEffect(() => {
    if (!wanted || there.has(load)) return;
    setFailed(false);
    load().then(
      (fetched) => {
        there.set(load, fetched);
        setFetched(fetched);
      },
      () => setFailed(true),
    );
  }, [load, wanted, attempt]);
  return { module, failed, again: () => setAttempt(attempt + 1) };
}
