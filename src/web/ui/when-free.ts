/** What waits to be done, by who asked. */
const waiting: (() => void)[] = [];
let scheduled = false;

/**
 * Does something that takes milliseconds in one of the next frames, no two in the same: many charts that change together must
 * not cost a frame.
 *
 * @returns takes it back, if it is not done yet
 */
export function whenFree(work: () => void): () => void {
  waiting.push(work);
  schedule();
  return () => {
    const at = waiting.indexOf(work);
    if (at >= 0) waiting.splice(at, 1);
  };
}

function schedule(): void {
  if (scheduled || waiting.length === 0) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    waiting.shift()?.();
    schedule();
  });
}
