import { type Signal, signal } from "@preact/signals";
import { AS_LISTED, type Sorting } from "./sorting.js";

/** What the visitor has chosen here. It stays while other views are looked at. */
export const sorting = signal<Sorting>(AS_LISTED);
export const filter = signal("");
/** Groups shown at first, and more each time: a thousand take a second to lay out. */
export const AT_ONCE = 100;
export const most = signal(AT_ONCE);
/** Keys of groups. */
export const openGroups: Signal<ReadonlySet<string>> = signal(new Set());
/** Ids of runs. */
export const openRuns: Signal<ReadonlySet<string>> = signal(new Set());

/** Opens what is closed, and closes what is open. */
export function toggle(open: Signal<ReadonlySet<string>>, key: string): void {
  const others = new Set(open.peek());
  if (!others.delete(key)) others.add(key);
  open.value = others;
}
