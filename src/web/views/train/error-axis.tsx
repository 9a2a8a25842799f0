/** The marks of an axis, in parts of its end. */
const MARKS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;

interface Properties {
  readonly end: number;
  /** Whether rows say what they differ by from the row above. */
  readonly stepped?: boolean;
}

/** The axis of test errors below rows of bars. */
export function ErrorAxis({ end, stepped = false }: Properties) {
  return (
    <div class="axis" aria-hidden="true">
      <span class="numbers">
        {MARKS.map((mark) => (
          <span key={mark} style={{ left: `${100 * mark}%` }}>
            {Math.round(100 * mark * end)}%
          </span>
        ))}
      </span>
      <span class="of-error">test error</span>
      {stepped && <span class="of-step">to the row above</span>}
    </div>
  );
}
