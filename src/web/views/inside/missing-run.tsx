import { useState } from "preact/hooks";
import { manifest } from "../../state/site.js";
import { fetchRun, runStore } from "../../state/stored-runs.js";
import { useLatest } from "../../ui/use-latest.js";

/** A run that this page does not hold: it comes from the run store, where there is one. */
export function MissingRun({ id }: { readonly id: string }) {
  const [attempt, setAttempt] = useState(0);
  const store = runStore.value;
  const { failure } = useLatest(store && `${id} ${attempt}`, () => fetchRun(id));
  if (!manifest.value) return null;
  if (!store)
    return (
      <p class="problem" role="status">
        Run {id} is not in this page: train it, by the link's own settings, in the view Train.
      </p>
    );
  if (failure === undefined) return <p role="status">Run {id} is fetched from the run store…</p>;
  return (
    <div class="problem" role="alert">
      <p>
        Run {id} cannot be fetched: {failure}.
      </p>
      <button type="button" onClick={() => setAttempt(attempt + 1)}>
        Try again
      </button>
    </div>
  );
}
