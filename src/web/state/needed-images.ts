import { signal } from "@preact/signals";
import type { Loading } from "../images/worker.js";
import { WorkerEnded } from "../workers/client.js";

/** How it stands with images that the page began without, and for what they are needed. */
export type NeededImages = { readonly why: string } & (
  | { readonly state: "loading"; readonly loading: Loading }
  | { readonly state: "failed"; readonly message: string }
);

/** While something waits for all images. */
export const neededImages = signal<NeededImages | undefined>(undefined);

/** Whether all images have come, where the page began without. */
export const haveAllCome = signal(false);

/** All who need them wait for the same files. */
let arriving: Promise<void> | undefined;
let again = () => {};

/** Tries a failed loading once more. */
export const loadAgain = (): void => again();

/**
 * Resolves when all images are there. If they cannot be loaded, whoever needs them waits until somebody tries again, or the browser has a
 * network again: what goes without them goes on.
 *
 * @param load  loads them, unless this is under way
 * @throws WorkerEnded where the worker that should have them has ended
 */
export function allImages(load: (report: (loading: Loading) => void) => Promise<void>, why: string): Promise<void> {
  arriving ??= loadUntilThere(load, why).finally(() => {
    arriving = undefined;
    neededImages.value = undefined;
  });
  return arriving;
}

async function loadUntilThere(load: (report: (loading: Loading) => void) => Promise<void>, why: string): Promise<void> {
  for (;;) {
    neededImages.value = { why, state: "loading", loading: { loaded: 0, total: 0 } };
    try {
      await load((loading) => {
        neededImages.value = { why, state: "loading", loading };
      });
      haveAllCome.value = true;
      return;
    } catch (error) {
      if (error instanceof WorkerEnded) throw error;
      neededImages.value = { why, state: "failed", message: (error as Error).message };
    }
    await new Promise<void>((resolve) => {
      again = resolve;
      addEventListener("online", () => resolve(), { once: true });
    });
  }
}
