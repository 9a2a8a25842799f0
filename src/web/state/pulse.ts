import { type ReadonlySignal, signal } from "@preact/signals";

/** Between two updates of what is shown, in ms: training reports much more often than anybody can read. */
const INTERVAL = 120;

/** Follows a signal that changes often, at a pace that leaves time for frames. */
export function pulse(source: ReadonlySignal<number>): { readonly value: ReadonlySignal<number>; end(): void } {
  const value = signal(source.peek());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unsubscribe = source.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      value.value = source.peek();
    }, INTERVAL);
  });
  return {
    value,
    end() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}
