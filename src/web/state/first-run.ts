import { effect } from "@preact/signals";
import { formatAddress, opensOnly, START } from "../address/address.js";
import { address } from "./address.js";
import { beginAsked, isTraining } from "./experiment.js";
import { seen, site } from "./site.js";
import { trained } from "./trained.js";

/** What a browser says of its connection, where it says something. */
interface WithConnection {
  readonly connection?: { readonly saveData?: boolean };
}

/**
 * Trains a round of the paper's networks when the images are there, so that whoever opens the page sees at once what it does. It leaves a link
 * that asks for something to its reader, and a browser that saves data.
 */
export function startFirstRun(): void {
  if (!opensOnly(location.hash) || (navigator as WithConnection).connection?.saveData) return;
  let isOver = false;
  const dispose = effect(() => {
    if (isOver || site.value.state !== "ready") return;
    isOver = true;
    queueMicrotask(() => {
      dispose();
      // Whoever chose something meanwhile starts it themselves.
      const isUntouched = formatAddress(address.value) === formatAddress(START);
      if (isUntouched && seen.value.isDigits && trained.value.size === 0 && !isTraining.value) beginAsked();
    });
  });
}
