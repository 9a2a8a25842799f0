import { InvalidRequest } from "../errors.js";
import { decodePicture, type Picture, type PictureCodecs, preparePicture, sameShape } from "../pictures/index.js";
import { deviation, type Plan } from "./plan.js";

/** A picture file. */
export interface PictureFile {
  readonly name: string;
  /** @throws InvalidRequest where it cannot be read */
  read(): Uint8Array | Promise<Uint8Array>;
}

/** What comes of decoding some pictures: all are done, or the first that is not for the plan, or that cannot be read. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "deviation"; readonly index: number; readonly from: "size" | "colour" }
  | { readonly kind: "refusal"; readonly index: number; readonly message: string };

/** Pixels or labels, one after the other, as they are kept. */
export type Numbers = Uint8Array | Uint16Array;

/** How many pictures are done. */
export type DecodingProgress = (done: number, total: number) => void;

/** [files, channels, height, width] as a plan keeps pictures; or why the plan is not one for all of them. */
export type DecodedAll = Numbers | { readonly deviation: "size" | "colour" };

/** Bytes of one picture as a plan keeps it. */
export const keptBytes = ({ kind, size, channels }: Plan): number =>
  channels * size.height * size.width * (kind === "prepared" ? 2 : 1);

/**
 * Decodes pictures, and writes each as a plan keeps it.
 *
 * @param kept  [all pictures, channels, height, width], of 8 or 16 bits
 * @param first  the place of the first picture in it
 */
export async function decodeInto(
  files: readonly PictureFile[],
  plan: Plan,
  kept: Numbers,
  first: number,
  codecs: PictureCodecs,
): Promise<Outcome> {
  const values = plan.channels * plan.size.height * plan.size.width;
  for (const [place, file] of files.entries()) {
    const index = first + place;
    let picture: Picture;
    try {
      picture = await decodePicture(await file.read(), file.name, codecs);
      const from = deviation(picture, plan);
      if (from) return { kind: "deviation", index, from };
      if (!plan.fit && !sameShape(picture, plan.size)) throw misshapen(file.name, picture, plan);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      return { kind: "refusal", index, message: error.message };
    }
    const { size, channels, background, fit } = plan;
    const prepared = preparePicture(picture, { ...size, channels, background, ...(fit && { fit }) });
    const at = index * values;
    if (plan.kind === "prepared") kept.set(prepared, at);
    else for (let i = 0; i < values; i++) kept[at + i] = (prepared[i] as number) >> 8;
  }
  return { kind: "done" };
}

const misshapen = (name: string, { height, width }: Picture, { size }: Plan): InvalidRequest =>
  new InvalidRequest(
    `${name} is ${height}×${width} (height × width), which is not the shape of ${size.height}×${size.width}: say --fit stretch, pad or crop`,
  );

/** Memory for so many pictures as a plan keeps them. */
export const keptIn = (memory: ArrayBufferLike, { kind }: Plan): Numbers =>
  kind === "prepared" ? new Uint16Array(memory) : new Uint8Array(memory);

/** Of pictures that are decoded before it is said how many are done. */
const STEP = 16;

/**
 * Decodes all pictures as a plan keeps them, one after the other.
 *
 * @throws InvalidRequest naming the first picture that cannot be read
 */
export async function decodeInTurn(
  files: readonly PictureFile[],
  plan: Plan,
  memory: ArrayBufferLike,
  codecs: PictureCodecs,
  onProgress: DecodingProgress,
): Promise<DecodedAll> {
  const kept = keptIn(memory, plan);
  onProgress(0, files.length);
  for (let first = 0; first < files.length; first += STEP) {
    const some = files.slice(first, first + STEP);
    const outcome = await decodeInto(some, plan, kept, first, codecs);
    if (outcome.kind !== "done") return decodedAs(outcome);
    onProgress(first + some.length, files.length);
  }
  return kept;
}

/** What is done about a picture that is not for the plan. @throws InvalidRequest where it cannot be read */
export function decodedAs(trouble: Exclude<Outcome, { readonly kind: "done" }>): DecodedAll {
  if (trouble.kind === "refusal") throw new InvalidRequest(trouble.message);
  return { deviation: trouble.from };
}
