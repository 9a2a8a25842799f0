import { effect, signal } from "@preact/signals";
import type { View } from "../address/address.js";
import { progressOf } from "../training/progress.js";
import { address } from "./address.js";
import { inTraining, LANES } from "./experiment.js";

const NAME = "pairlab";

/** Whether a training has ended while nobody looked. */
const isNews = signal(false);

const isLookedAt = (): boolean => document.visibilityState === "visible" && document.hasFocus();

/**
 * Keeps the document's title: how far the training is, "3/15 · pairlab"; that it is done, until somebody looks at the page; else the view.
 *
 * @param titles  of the views
 */
export function followTitle(titles: Readonly<Record<View, string>>): void {
  let before = inTraining.peek();
  effect(() => {
    const now = inTraining.value;
    const isEnd = now.length === 0 && before.some(({ state }) => state.peek() === "done");
    if (now.length > 0) isNews.value = false;
    else if (isEnd && !isLookedAt()) isNews.value = true;
    before = now;
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
  const now = inTraining.value;
  for (const each of now) each.watch();
  if (now.length === 0) return isNews.value ? "done" : titles[address.value.view];
  const { finished, total } = progressOf(
    now.flatMap(({ runs }) => runs),
    LANES,
  );
  return `${finished}/${total}`;
}
