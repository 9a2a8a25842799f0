import { stated } from "../../../core/data/relations.js";
import { count } from "../../../core/text/format.js";
import { imagesInWords } from "../../images/seen.js";
import { address } from "../../state/address.js";
import { asked, experiment } from "../../state/experiment.js";
import { seen } from "../../state/site.js";
import { Controls } from "./controls.js";
import { Curves } from "./curves.js";
import { Differences } from "./differences.js";
import { NetworkPicker } from "./network-picker.js";
import { ResultsTable } from "./results-table.js";
import { RunList } from "./run-list.js";
import { SettingsForm } from "./settings-form.js";
import "./train.css";

/** The choice of networks, settings and seeds, and their training. */
export function TrainView() {
  const chosen = experiment.value;
  // How many pairs there are is known when the images are.
  const pairs = chosen?.runs[0]?.job.config.trainPairs ?? address.value.settings.trainPairs;
  return (
    <>
      <section>
        <h1>How much is each hint worth?</h1>
        <p>
          Each network looks at two {imagesInWords(seen.value)} and says whether {stated(asked.value)}. It learns from{" "}
          {pairs === undefined ? "pairs of them" : `${count(pairs)} pairs`}, here in this browser. The networks differ
          in the hints they get: choose some, and start.
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
