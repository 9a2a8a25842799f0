import type { Worker } from "node:worker_threads";

/**
 * Makes all threads serve at the same time, and waits until each has stopped. The first failure of any thread aborts the signal
 * that all of them get.
 *
 * @param begin  gives what a thread does, under that signal
 * @throws the reason of `aborted` when that is aborted, else the first failure
 */
export async function serveAll(
  threads: readonly Worker[],
  aborted: AbortSignal,
  begin: (signal: AbortSignal) => (thread: Worker) => Promise<void>,
): Promise<void> {
  const failing = new AbortController();
  const serve = begin(AbortSignal.any([aborted, failing.signal]));
  // A second failure changes nothing: the first one's reason stays.
  await Promise.all(threads.map((thread) => serve(thread).catch((error) => failing.abort(error))));
  if (!failing.signal.aborted) return;
  aborted.throwIfAborted();
  throw failing.signal.reason;
}
