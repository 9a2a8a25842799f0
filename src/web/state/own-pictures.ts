import { type ReadonlySignal, signal } from "@preact/signals";
import type { ImageOptions, Size } from "../../core/data/image-options.js";
import type { Decision } from "../../core/index.js";
import type { Fit } from "../../core/pictures/prepare.js";
import type { TrainedRun } from "../training/run.js";

/** A file below what was dropped or chosen. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}
/** What somebody gave. */
export interface GivenPictures {
  readonly name: string;
  readonly files: readonly GivenFile[];
  readonly empty: readonly string[];
}
export type OwnState =
  | { readonly state: "none" }
  | { readonly state: "reading"; readonly given: GivenPictures; readonly done: number; readonly total: number }
  | {
      readonly state: "refused";
      readonly given: GivenPictures;
      readonly asked: ImageOptions;
      readonly message: string;
    }
  | { readonly state: "there"; readonly given: GivenPictures; readonly asked: ImageOptions; readonly about: OwnAbout };
export interface OwnAbout {
  readonly name: string;
  readonly sha256: string;
  readonly layout: "folders of classes" | "metadata" | "a list of pairs";
  readonly passedOver: number;
  readonly size: Size;
  readonly channels: 1 | 3;
  readonly fit?: Fit;
  readonly classes: readonly { readonly name: string; readonly images: number }[];
  readonly hasOrder: boolean;
  readonly splits: readonly { readonly name: "train" | "validation" | "test" | "all"; readonly count: number }[];
  readonly listed?: {
    readonly relation: "listed-match" | "listed-winner";
    readonly pairs: Readonly<Record<"training" | "validation" | "test", number>>;
    readonly dropped: number;
  };
}
const state = signal<OwnState>({ state: "none" });
export const ownPictures: ReadonlySignal<OwnState> = state;
export async function readOwn(given: GivenPictures, asked: ImageOptions): Promise<void> {
  state.value = { state: "refused", given, asked, message: "nothing reads pictures yet" };
}
export async function leaveOwn(): Promise<void> {
  state.value = { state: "none" };
}
export async function askFiles(
  _runs: readonly TrainedRun[],
  _files: readonly [File, File],
): Promise<{
  readonly images: readonly [Float32Array, Float32Array];
  readonly decisions: readonly Decision[];
  readonly remarks: readonly string[];
}> {
  throw new Error("nothing reads pictures yet");
}
