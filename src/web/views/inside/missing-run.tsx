import { useState } from "preact/hooks";
import { Refused } from "../../run-store/ask.js";
import { changeAddress, linkTo } from "../../state/address.js";
import { plan } from "../../state/experiment.js";
import { isRecalled, ownRuns } from "../../state/kept.js";
import { fetchRun, runStore } from "../../state/stored-runs.js";
import { useLatest } from "../../ui/use-latest.js";
import { TrainHere } from "./train-here.js";

/** A run that this page does not hold. It is fetched from the run store, or trained with the link's settings. One that the browser keeps may have other images. */
export function MissingRun({ id }: { readonly id: string }) {
  const [attempt, setAttempt] = useState(0);
  const store = runStore.value;
  const { value, failure } = useLatest(store || ownRuns.value.has(id) ? `${id} ${attempt}` : undefined, () =>
    fetched(id),
  );
  const asked = plan.value;
  // The ids of the link's settings are known when everything is loaded, and the runs of earlier visits are there.
  if (!asked || !isRecalled.value) return null;
  const isAbsent = !store || value === "absent";
  if (!isAbsent && failure === undefined) return <p role="status">Fetching run {id} from the run store…</p>;
  const job = asked.jobs.find((each) => each.id === id);
  return (
    <>
      <div class="problem" role="status">
        <p>
          {isAbsent
            ? `There is no run ${id} here: ${store ? "no finished run that this page can reach has that id" : "the page has only what was trained in this browser"}.`
            : `Run ${id} cannot be fetched: ${failure}.`}
        </p>
        {isAbsent && !job && (
          <p>
            The link may be cut or mistyped, or the run may be on another machine.{" "}
            {store ? (
              <>
                <a href={linkTo("runs")}>Runs</a> lists those that there are.
              </>
            ) : (
              <>
                <a href={linkTo("train")}>Train a network</a> to look inside it.
              </>
            )}
          </p>
        )}
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

/** @throws Error where it is not known whether the store has the run */
async function fetched(id: string): Promise<"here" | "absent"> {
  try {
    await fetchRun(id);
    return "here";
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return "absent";
    throw error;
  }
}
