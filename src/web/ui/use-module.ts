import { useEffect, useState } from "preact/hooks";

interface Fetched<Module> {
  readonly module: Module | undefined;
  /** Whether it cannot be fetched: there is no connection, or the site has another version by now. */
  readonly failed: boolean;
}

/**
 * A part of the page's script that is fetched when it is wanted: rare parts are not in the first visit.
 *
 * @param load  the same function each time
 */
export function useModule<Module>(load: () => Promise<Module>, wanted = true): Fetched<Module> {
  const [fetched, setFetched] = useState<Fetched<Module>>({ module: undefined, failed: false });
  useEffect(() => {
    if (!wanted) return;
    load().then(
      (module) => setFetched({ module, failed: false }),
      () => setFetched({ module: undefined, failed: true }),
    );
  }, [load, wanted]);
  return fetched;
}
