import { stated } from "../../../core/data/relations.js";
import { asked, experiment } from "../../state/experiment.js";
import { Controls } from "./controls.js";
import { Curves } from "./curves.js";
import { Differences } from "./differences.js";
import { NetworkPicker } from "./network-picker.js";
import { ResultsTable } from "./results-table.js";
import { RunList } from "./run-list.js";
import { SettingsForm } from "./settings-form.js";
import "./train.css";

/** Networks, settings and seeds to choose; their training, live. */
export function TrainView() {
  const chosen = experiment.value;
  return (
    <>
      <section>
        <h1>Which hint is worth how much?</h1>
        <p>
          Each network looks at two 14×14 digits and says whether {stated(asked.value)}. It learns from 1,000 pairs,
          here in this browser. What is told about the problem differs: choose networks, and start.
        </p>
      </section>
      <NetworkPicker />
      <SettingsForm />
      <Controls experiment={chosen} />
      {chosen && (
        <>
          <ResultsTable experiment={chosen} />
          <Curves experiment={chosen} />
          <Differences experiment={chosen} />
          <RunList experiment={chosen} />
        </>
      )}
    </>
  );
}
