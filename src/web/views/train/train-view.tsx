import { stated } from "../../../core/data/relations.js";
import { count } from "../../../core/text/format.js";
import { imagesInWords } from "../../images/seen.js";
import { address, linkTo } from "../../state/address.js";
import { asked, experiment } from "../../state/experiment.js";
import { isHidden } from "../../state/hidden.js";
import { seen } from "../../state/site.js";
import { Later } from "../../ui/later.js";
import { Controls } from "./controls.js";
import { ExamplePairs } from "./example-pairs.js";
import { OtherNetworks, PaperLadder } from "./network-picker.js";
import { Note } from "./note.js";
import { SettingsMore } from "./settings-more.js";
import "./train.css";

const outcome = () => import("./outcome.js");

/** The ladder of networks, which are trained in view; other networks, settings and results below. */
export function TrainView() {
  const chosen = experiment.value;
  // How many pairs there are is known when the images are.
  const pairs = chosen?.runs[0]?.job.config.trainPairs ?? address.value.settings.trainPairs;
  return (
    <>
      <section class="opening">
        <ExamplePairs experiment={chosen} />
        <h1>How much is each hint worth?</h1>
        <p class="lead">
          A hint is a fact about the task that is built into a network. Each row adds one. Its bar is the test error:
          how often the network is wrong.
        </p>
        <p class="task">
          Each network looks at two {imagesInWords(seen.value)} and says whether {stated(asked.value)}. It learns from{" "}
          {pairs === undefined ? "pairs of them" : `${count(pairs)} pairs`}, here in this browser.
        </p>
      </section>
      <section class="first-screen" aria-label="Hints and their test errors">
        <Controls experiment={chosen} />
        <PaperLadder experiment={chosen} />
        {seen.value.isDigits && (
          <p class="to-worth">
            <a href={linkTo("worth")}>What is a hint worth in pairs?</a>
          </p>
        )}
        <Note experiment={chosen} />
      </section>
      <section class="choices" aria-label="Other networks and settings">
        <OtherNetworks experiment={chosen} />
        {!isHidden("settings") && <SettingsMore />}
      </section>
      {chosen && <Later load={outcome}>{({ Outcome }) => <Outcome experiment={chosen} />}</Later>}
    </>
  );
}
