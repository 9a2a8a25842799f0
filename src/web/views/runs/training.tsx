import { architectureTitle } from "../../../core/architectures/registry.js";
import type { RunInTraining, StoreDocument } from "../../../core/runs/store-document.js";
import { localTime } from "../../../core/text/format.js";

/** The runs that are in training now. */
export function Training({ store: { training } }: { readonly store: StoreDocument }) {
  return (
    <section aria-labelledby="in-training">
      <h2 id="in-training">In training</h2>
      {training.length === 0 ? (
        <p class="faint">Nothing just now.</p>
      ) : (
        <ul class="in-training">
          {training.map((run) => (
            <Run key={run.id} {...run} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Run({ id, architecture, seed, host, pid, since }: RunInTraining) {
  return (
    <li>
      <strong title={architecture ?? undefined}>
        {architecture === null ? `run ${id}` : architectureTitle(architecture)}
      </strong>
      {seed !== null && `, seed ${seed}`}
      <span class="faint">
        {" "}
        by process {pid} on {host} since <time dateTime={since}>{localTime(Date.parse(since))}</time>
      </span>
    </li>
  );
}
