import type { Standing } from "./standing.js";

interface Properties {
  readonly standing: Standing | undefined;
  /** An error to compare with, where there is one, and what it is called where that is said. */
  readonly mark: { readonly error: number; readonly label?: string | undefined } | undefined;
  /** Where the axis ends. */
  readonly end: number;
}

/** From this part of the axis on, a label ends at its mark: it does not reach beyond the axis. */
const NEAR_END = 0.9;

/** What ends at a place of the axis has the whole width and is moved to the left: nothing is laid out again when it moves. */
const endingAt = (part: number) => ({ transform: `translateX(${(100 * (part - 1)).toFixed(2)}%)` });

/** A network's test error as a bar, with its rounds and what it is compared with. */
export function ErrorBar({ standing, mark, end }: Properties) {
  const part = (error: number) => Math.min(1, Math.max(0, error / end));
  const { error, sd, done, moving } = standing ?? { error: 0, sd: null, done: new Map<number, number>(), moving: [] };
  const low = part(error - (sd ?? 0));
  const high = part(error + (sd ?? 0));
  return (
    <div class="error-bar" aria-hidden="true">
      <div class="track">
        <div
          class={`bar${done.size === 0 ? " moving" : ""}${error > end ? " beyond" : ""}`}
          style={{ width: `${(100 * part(error)).toFixed(2)}%` }}
        />
        {done.size > 1 && (
          <>
            {[...done].map(([seed, each]) => (
              <span key={seed} class="at" style={endingAt(part(each))}>
                <i class="round" />
              </span>
            ))}
            <span class="at" style={endingAt(high)}>
              <i class="spread" style={{ width: `${(100 * (high - low)).toFixed(2)}%` }} />
            </span>
          </>
        )}
        {done.size > 0 &&
          moving.map((each, i) => (
            <span key={i} class="at" style={endingAt(part(each))}>
              <i class="round moving" />
            </span>
          ))}
        {mark && mark.error <= end && (
          <span class="at" style={endingAt(part(mark.error))}>
            <i class="mark" />
            {mark.label !== undefined && (
              <span class={part(mark.error) > NEAR_END ? "mark-label before" : "mark-label"}>{mark.label}</span>
            )}
          </span>
        )}
      </div>
    </div>
  );
}
