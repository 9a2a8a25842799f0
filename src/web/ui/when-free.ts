/** The last task that each owner asked for and that waits to be done. */
const waiting = new Map<object, () => void>();
let isScheduled = false;

/** The largest share of the page's time that goes into these tasks. */
const MOST_SHARE = 0.05;

/**
 * Does a task of milliseconds when there is time for it. There is at most one task in a frame, and pauses follow, so that many
 * charts that change together do not delay a frame or slow training. An owner that asks again before its turn keeps its place.
 *
 * @param owner  the object that asks
 */
export function whenFree(owner: object, work: () => void): void {
  waiting.set(owner, work);
  schedule(0);
}

/** Cancels the task of an owner. */
export function nevermind(owner: object): void {
  waiting.delete(owner);
}

function schedule(pause: number): void {
  if (isScheduled || waiting.size === 0) return;
  isScheduled = true;
  setTimeout(() => requestAnimationFrame(doNext), pause);
}

function doNext(): void {
  const began = performance.now();
  const [next] = waiting;
  try {
    if (next) {
      const [owner, work] = next;
      waiting.delete(owner);
      work();
    }
  } finally {
    isScheduled = false;
    schedule((performance.now() - began) * (1 / MOST_SHARE - 1));
  }
}
