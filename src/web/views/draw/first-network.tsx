import { count, duration, percent } from "../../../core/text/format.js";
import { linkTo } from "../../state/address.js";
import { firstNetwork, QUICKEST } from "../../state/first-network.js";
import { trainedOnThese } from "../../state/trained.js";
import type { Experiment } from "../../training/experiment.js";
import { FailedRun } from "../../ui/failed-run.js";
import "./first-network.css";

/** Says which network the page trains on its own, so that there is an answer. */
export function FirstNetwork() {
  const experiment = firstNetwork.value;
  // Its room is there before the first network is.
  const isAwaited = experiment !== undefined || trainedOnThese.value.length === 0;
  return isAwaited ? <div class="first-network">{experiment && <Said experiment={experiment} />}</div> : null;
}

function Said({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const [run] = experiment.runs;
  if (!run) return null;
  const { architecture, config } = run.job;
  const pairs = count(config.trainPairs);
  if (run.failure !== undefined) return <FailedRun experiment={experiment} />;
  // Paragraphs of their own: words that both have would else be seen to move.
  if (!run.trained)
    return (
      <p key="training" role="status">
        Nothing is trained yet: {architecture}
        {architecture === QUICKEST && ", the smallest network,"} is being trained on {pairs} pairs.
      </p>
    );
  const { parameters, seconds, testError } = run.trained.record;
  return (
    <p key="trained" role="status">
      To have an answer for you, this page has trained {architecture} on {pairs} pairs: {count(parameters)} parameters,{" "}
      {duration(seconds)}, wrong on {percent(testError)} of its test pairs. <a href={linkTo("train")}>Train others</a>{" "}
      to see their answers too.
    </p>
  );
}
