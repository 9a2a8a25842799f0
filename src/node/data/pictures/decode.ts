import { readFileSync } from "node:fs";
import { InvalidRequest } from "../../../core/errors.js";
import {
  decodePicture,
  type Picture,
  type PictureCodecs,
  preparePicture,
  sameShape,
} from "../../../core/pictures/index.js";
import { codeOf } from "../../errors.js";
import { deviation, type Plan } from "./plan.js";

/** A picture file, as a thread gets it: where it lies, or its bytes, or why there are none. */
export type GivenFile = { readonly name: string } & (
  | { readonly location: string }
  | { readonly bytes: Uint8Array }
  | { readonly refusal: string }
);

/** What comes of decoding some pictures: all are done, or the first that is not for the plan, or that cannot be read. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "deviation"; readonly index: number; readonly from: "size" | "colour" }
  | { readonly kind: "refusal"; readonly index: number; readonly message: string };

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
  files: readonly GivenFile[],
  plan: Plan,
  kept: Uint8Array | Uint16Array,
  first: number,
  codecs: PictureCodecs,
): Promise<Outcome> {
  const values = plan.channels * plan.size.height * plan.size.width;
  for (const [place, file] of files.entries()) {
    const index = first + place;
    let picture: Picture;
    try {
      picture = await decodePicture(bytesIn(file), file.name, codecs);
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

function bytesIn(file: GivenFile): Uint8Array {
  if ("bytes" in file) return file.bytes;
  if ("refusal" in file) throw new InvalidRequest(file.refusal);
  try {
    return readFileSync(file.location);
  } catch (error) {
    throw new InvalidRequest(`cannot read ${file.name} (${codeOf(error)}): it must be a readable file`);
  }
}
