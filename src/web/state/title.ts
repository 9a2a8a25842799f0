import { effect, signal } from "@preact/signals";
import type { View } from "../address/address.js";
import { progressOf } from "../training/progress.js";
import { address } from "./address.js";
import { experiment, isTraining, LANES } from "./experiment.js";

const NAME = "pairlab";

/** Whether an experiment has ended while nobody looked. */
const isNews = signal(false);

const isLookedAt = (): boolean => document.visibilityState === "visible" && document.hasFocus();

/**
 * Keeps the document's title: how far the training is, "3/15 · pairlab"; that it is done, until somebody looks at the page; else the view.
 *
 * @param titles  of the views
 */
export function followTitle(titles: Readonly<Record<View, string>>): void {
  let wasTraining = false;
  effect(() => {
    const isNow = isTraining.value;
    const isEnd = wasTraining && !isNow && experiment.peek()?.state.peek() === "done";
    if (isNow) isNews.value = false;
    else if (isEnd && !isLookedAt()) isNews.value = true;
    wasTraining = isNow;
  });
  const look = () => {
    if (isLookedAt()) isNews.value = false;
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  effect(() => {
    document.title = `${said(titles)} · ${NAME}`;
  });
}

function said(titles: Readonly<Record<View, string>>): string {
  const now = isTraining.value ? experiment.value : undefined;
  now?.watch();
  if (!now) return isNews.value ? "done" : titles[address.value.view];
  const { finished, total } = progressOf(now.runs, LANES);
  return `${finished}/${total}`;
}
