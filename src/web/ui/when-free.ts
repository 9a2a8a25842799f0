/** What waits to be done, for each who asked the last that it asked for. */
const waiting = new Map<object, () => void>();
let isScheduled = false;

/** Of the page's time, no more goes into what is done here. */
const MOST_SHARE = 0.05;

/**
 * Does something that takes milliseconds when there is time for it: never twice in a frame, and with pauses, so that many charts
 * that change together cost neither a frame nor the processor that trains. Who asks again before its turn keeps its place.
 *
 * @param owner  who asks
 */
export function whenFree(owner: object, work: () => void): void {
  waiting.set(owner, work);
  schedule(0);
}

/** What an owner asked for need not be done any more. */
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
