import { useState } from "preact/hooks";
import { changeAddress } from "../../state/address.js";
import { plan } from "../../state/experiment.js";
import { fetchRun, runStore } from "../../state/stored-runs.js";
import { useLatest } from "../../ui/use-latest.js";
import { TrainHere } from "./train-here.js";

/** A run that this page does not hold. It is fetched from the run store, or trained with the link's settings. */
export function MissingRun({ id }: { readonly id: string }) {
  const [attempt, setAttempt] = useState(0);
  const store = runStore.value;
  const { failure } = useLatest(store && `${id} ${attempt}`, () => fetchRun(id));
  const asked = plan.value;
  // The ids of the link's settings are known when everything is loaded.
  if (!asked) return null;
  if (store && failure === undefined) return <p role="status">Fetching run {id} from the run store…</p>;
  const job = asked.jobs.find((each) => each.id === id);
  return (
    <>
      <div class="problem" role="status">
        <p>
          {store
            ? `Run ${id} cannot be fetched: ${failure}.`
            : `This page does not have run ${id}${job ? "" : ", and the link's settings do not give it"}.`}
        </p>
        {store && (
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
        )}
      </div>
      {job && <TrainHere job={job} />}
      <button type="button" onClick={() => changeAddress({ run: undefined })}>
        Look into another
      </button>
    </>
  );
}
