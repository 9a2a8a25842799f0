/**
 * Asks repeatedly, with an interval between an answer and the next question.
 *
 * @param question  must not throw; it may give up when its signal is aborted
 * @param interval  in ms
 * @returns a function that ends it
 */
export function poll(question: (ended: AbortSignal) => Promise<void>, interval: number): () => void {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = async () => {
    await question(ended.signal);
    if (!ended.signal.aborted) timer = setTimeout(next, interval);
  };
  void next();
  return () => {
    ended.abort();
    clearTimeout(timer);
  };
}
