import { effect } from "@preact/signals";
import { inTraining } from "./experiment.js";

/** While runs are in training, or paused within an epoch, the browser asks before it closes the page: they are not kept. */
export function askBeforeLeaving(): void {
  // A page that always asks to be asked is not put aside for "back".
  effect(() => {
    if (inTraining.value.length > 0) addEventListener("beforeunload", ask);
    else removeEventListener("beforeunload", ask);
  });
}

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
