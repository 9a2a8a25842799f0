import { percent } from "../../../core/text/format.js";
import { relationOf } from "../../../core/training/job.js";
import { classNamer, seenOf } from "../../images/seen.js";
import { survey } from "../../state/inspector.js";
import { pairsOf } from "../../state/site.js";
import type { TrainedRun } from "../../training/run.js";
import { useLatest } from "../../ui/use-latest.js";
import { Confusion } from "./confusion.js";
import { Ideal } from "./ideal.js";
import { Mistakes } from "./mistakes.js";

/** A network on the test pairs of its round: its mistakes, the classes it confuses, and what its head has learned. */
export function SurveySection({ run }: { readonly run: TrainedRun }) {
  const { id, seed, config } = run.record;
  const relation = relationOf(config);
  const { isDigits } = seenOf(config.dataset);
  const nameOf = classNamer(config.dataset);
  const { value, failure } = useLatest(id, async () => {
    const [found, { test }] = await Promise.all([survey(run), pairsOf({ seed, config })]);
    return { found, test };
  });
  if (failure)
    return (
      <p class="problem" role="alert">
        {failure}
      </p>
    );
  if (!value) return <p class="faint">Looking at all test pairs…</p>;
  const { found, test } = value;
  const { mistakes, pairs, confusion, ideal } = found;
  return (
    <>
      <section aria-labelledby="mistakes">
        <h2 id="mistakes">Its mistakes, worst first</h2>
        <p>
          It is wrong on {mistakes.length} of its round's {pairs} {config.evaluateOn} pairs,{" "}
          {percent(mistakes.length / pairs)}.
        </p>
        <Mistakes mistakes={mistakes} test={test} relation={relation} nameOf={nameOf} />
      </section>
      {confusion && <Confusion counts={confusion} nameOf={nameOf} isDigits={isDigits} />}
      {ideal && <Ideal ideal={ideal} relation={relation} nameOf={nameOf} isDigits={isDigits} />}
    </>
  );
}
