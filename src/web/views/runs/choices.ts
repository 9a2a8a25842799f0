import { type Signal, signal } from "@preact/signals";
import { AS_LISTED, type Sorting } from "./sorting.js";

/** The visitor's choices in this view. They stay while other views are shown. */
export const sorting = signal<Sorting>(AS_LISTED);
/** The number of groups shown at first, and added each time. A thousand take a second to lay out. */
export const AT_ONCE = 100;

/** The choices in a list of groups. */
export interface ListChoices {
  readonly filter: Signal<string>;
  readonly most: Signal<number>;
}

const newChoices = (): ListChoices => ({ filter: signal(""), most: signal(AT_ONCE) });

/** Of the run store's groups, and of those that were trained in this browser. */
export const ofStore = newChoices();
export const ofBrowser = newChoices();
/** Keys of groups. */
export const openGroups: Signal<ReadonlySet<string>> = signal(new Set());
/** Keys of groups, in the order in which they were ticked. */
export const ticked: Signal<ReadonlySet<string>> = signal(new Set());
/** Ids of runs. */
export const openRuns: Signal<ReadonlySet<string>> = signal(new Set());

export function toggle(open: Signal<ReadonlySet<string>>, key: string): void {
  const others = new Set(open.peek());
  if (!others.delete(key)) others.add(key);
  open.value = others;
}
