import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ImageOptions } from "../../core/data/image-options.js";
import type { Decision } from "../../core/index.js";
import type { AskedPictures, GivenPictures, OwnAbout } from "../images/given-pictures.js";
import type { SeenFiles } from "../images/worker.js";
import type { TrainedRun } from "../training/run.js";
import { isTraining } from "./experiment.js";
import { decide } from "./inspector.js";
import { noteEnd, openSite, ownImages, seenFiles, useOwn } from "./site.js";

export type { GivenFile, GivenPictures, OwnAbout } from "../images/given-pictures.js";

/** How it stands with somebody's own pictures. */
export type OwnState =
  | { readonly state: "none" }
  /** So many pictures are decoded; of 0 before they are counted. */
  | ({ readonly state: "reading"; readonly done: number; readonly total: number } & AskedPictures)
  /** The images from before stay in use. */
  | ({ readonly state: "refused"; readonly message: string } & AskedPictures)
  | ({ readonly state: "there"; readonly about: OwnAbout } & AskedPictures);

const latest = signal<OwnState>({ state: "none" });

/** How it stands with the pictures that were given last. */
export const ownPictures: ReadonlySignal<OwnState> = computed(() => {
  const now = latest.value;
  // Where the worker that had them has ended, the site's own images are there again.
  return now.state === "there" && ownImages.value !== now.about ? { state: "none" } : now;
});

let readings = 0;

/** Reads pictures and makes them the page's images. What is wrong with them is in the state. Nothing may be in training. */
export async function readOwn(given: GivenPictures, asked: ImageOptions): Promise<void> {
  const reading = ++readings;
  const say = (state: OwnState) => {
    if (reading === readings) latest.value = state;
  };
  if (isTraining.peek()) {
    say({ state: "refused", given, asked, message: "a training is under way: stop it first, or wait for its end" });
    return;
  }
  say({ state: "reading", given, asked, done: 0, total: 0 });
  try {
    const about = await useOwn({ given, asked }, (decoding) => say({ state: "reading", given, asked, ...decoding }));
    say({ state: "there", given, asked, about });
  } catch (error) {
    noteEnd(error);
    say({ state: "refused", given, asked, message: (error as Error).message });
  }
}

/** Makes the site's images the page's again. Nothing may be in training. */
export async function leaveOwn(): Promise<void> {
  if (isTraining.peek()) return;
  readings++;
  latest.value = { state: "none" };
  await openSite();
}

/** What runs that were trained on the page's images say of two files, in their order, and the pair as their networks see it. */
export interface AskedFiles extends SeenFiles {
  readonly decisions: readonly Decision[];
}

/** @throws Error with one line where a file is no picture, or of a shape that the runs' pictures do not have */
export async function askFiles(runs: readonly TrainedRun[], files: readonly [File, File]): Promise<AskedFiles> {
  const [first] = runs;
  if (!first) throw new Error("no network is trained on these images yet");
  const seen = await seenFiles(files, first.record);
  const [one, other] = seen.images;
  return { ...seen, decisions: await decide(runs, { first: one, second: other }) };
}
