import { useState } from "preact/hooks";
import { divergedInWords } from "../../../core/training/divergence.js";
import { CurvePanels } from "../../curves/curve-panels.js";
import { useFigures } from "../../curves/use-figures.js";
import { fetchRecord } from "../../state/stored-runs.js";
import { useLatest } from "../../ui/use-latest.js";

interface Properties {
  /** The id of a run in the store. */
  readonly id: string;
  readonly title: string;
}

/** A stored run's loss and accuracy after each epoch. */
export function RunCurves({ id, title }: Properties) {
  const [attempt, setAttempt] = useState(0);
  const { value: record, failure } = useLatest(`${id} ${attempt}`, () => fetchRecord(id));
  const figures = useFigures(true);
  if (failure !== undefined)
    return (
      <div class="problem" role="alert">
        <p>
          {title}: {failure}
        </p>
        <button type="button" onClick={() => setAttempt(attempt + 1)}>
          Try again
        </button>
      </div>
    );
  if (!record || !figures) return <p class="faint">{title}: fetching its curves…</p>;
  if (record.epochs.length === 0)
    return (
      <p>
        {title} {record.diverged && divergedInWords(record.diverged)}: no epoch was evaluated before.
      </p>
    );
  return (
    <CurvePanels
      name={`pairlab-${record.architecture}-${record.seed}`}
      title={title}
      rounds={[record.epochs]}
      state={id}
      figures={figures}
    />
  );
}
