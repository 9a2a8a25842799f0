import { effect } from "@preact/signals";
import { formatAddress, opensOnly, START } from "../address/address.js";
import { address } from "./address.js";
import { beginAsked, experiment, isTraining } from "./experiment.js";
import { isRecalled } from "./kept.js";
import { seen } from "./site.js";

/** What a browser says of its connection, where it says something. */
interface WithConnection {
  readonly connection?: { readonly saveData?: boolean };
}

/**
 * Trains a round of the paper's networks when the images are there, so that whoever opens the page sees at once what it does. Runs that
 * the browser has kept are not trained again. It leaves a link that asks for something to its reader, and a browser that saves data.
 */
export function startFirstRun(): void {
  if (!opensOnly(location.hash) || (navigator as WithConnection).connection?.saveData) return;
  let isOver = false;
  const dispose = effect(() => {
    // Then the images are there, and what earlier visits have trained.
    if (isOver || !isRecalled.value) return;
    isOver = true;
    queueMicrotask(() => {
      dispose();
      // Whoever chose something meanwhile starts it themselves.
      const isUntouched = formatAddress(address.value) === formatAddress(START);
      const isTrained = experiment.peek()?.state.peek() === "done";
      if (isUntouched && seen.value.isDigits && !isTrained && !isTraining.value) beginAsked();
    });
  });
}
