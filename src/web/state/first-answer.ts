import { effect } from "@preact/signals";
import { trained } from "./trained.js";

/** How long whoever trains nothing is waited for, in ms. */
const PATIENCE = 5000;

/** Resolves when a network is trained, or after a while. The service worker, which fetches what is not needed yet, waits for it. */
export const firstAnswer = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
    effect(() => {
      if (trained.value.size > 0) resolve();
    });
  });
