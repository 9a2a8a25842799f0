import { factorText } from "../../../core/experiments/worth/factor-text.js";
import { count } from "../../../core/text/format.js";
import { dotAt, movedTo } from "./chart-places.js";
import { studyColour } from "./colours.js";
import { placeOfError, placeOfPairs } from "./scales.js";
import type { Step, Worth } from "./study.js";

/** Where the factor stands on the line. Near the handle the curve without the hint is furthest above. */
const LABEL = 0.35;
/** From here on it ends where it would else begin, so as not to lie on the lines' names. */
const FAR = 0.8;
/** Where the line is so short, what its end needs would lie on the handle. */
const SHORT = 0.06;

interface Properties {
  readonly step: Step;
  readonly worth: Worth;
}

/** From the curve with the hint, at the same error, to the curve without it; to the chart's side where the study does not reach that. */
export function Crossing({ step, worth }: Properties) {
  const { pairs, error, pairsWithout, bound, ci95 } = worth;
  const y = placeOfError(error);
  const [from, to] = [placeOfPairs(pairs), bound === "lower" ? 1 : bound === "upper" ? 0 : placeOfPairs(pairsWithout)];
  const [low, high] = ci95?.map((end) => (end === null ? null : placeOfPairs(pairs * end))) ?? [];
  const line = { y1: 1000 * y, y2: 1000 * y };
  const label = from + LABEL * (to - from);
  const isShort = Math.abs(to - from) < SHORT;
  return (
    <div class="crossing" aria-hidden="true">
      <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
        {ci95 && (
          <line
            class="interval"
            style={{ "--colour": studyColour(step.plain) }}
            x1={1000 * (low ?? 0)}
            x2={1000 * (high ?? 1)}
            {...line}
          />
        )}
        <line class="across" x1={1000 * from} x2={1000 * to} {...line} />
        {!bound && !isShort && <line class="down" x1={1000 * to} x2={1000 * to} y1={1000 * y} y2="1000" />}
        <path class="dot" style={{ "--colour": studyColour(step.hinted) }} d={dotAt(pairs, error)} />
        {!bound && (
          <>
            <path class="dot" style={{ "--colour": studyColour(step.plain) }} d={dotAt(pairsWithout, error)} />
            <path class="dot hollow" d={dotAt(pairsWithout, error)} />
          </>
        )}
      </svg>
      <span class={label > FAR ? "factor far" : "factor"} style={movedTo(label, y)}>
        <b>{factorText(worth)}</b>
      </span>
      {bound && (
        <span class={`beyond ${bound}`} style={movedTo(to, y)}>
          <i />
        </span>
      )}
      {!bound && !isShort && (
        <span class="needed" style={movedTo(to)}>
          <b>{count(Number(pairsWithout.toPrecision(2)))}</b>
        </span>
      )}
    </div>
  );
}
