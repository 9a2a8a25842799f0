import type { LabelledImages } from "../../core/data/images.js";
import type { ImageSets } from "../../core/data/pools.js";

/** The memory that an array views. Deno walks through a posted array value by value: 47 MB of shared images took it 50 s a run. */
interface View {
  readonly buffer: ArrayBufferLike;
  readonly offset: number;
  readonly length: number;
  readonly bytes: number;
}

/** Images as they are posted to a thread. */
interface PassedImages extends Omit<LabelledImages, "pixels" | "labels" | "held"> {
  readonly pixels: View;
  readonly labels: View;
  readonly held?: View;
}

/** Sets of images as they are posted to a thread. */
export type PassedSets = {
  readonly [Name in keyof ImageSets]: ImageSets[Name] extends LabelledImages | undefined
    ? PassedImages
    : ImageSets[Name];
};

/** Only what pairs are drawn from: a data set may be more. */
export const passSets = ({ train, test, validation, unsplit, listed }: ImageSets): PassedSets => ({
  train: passImages(train),
  test: passImages(test),
  ...(validation && { validation: passImages(validation) }),
  ...(unsplit && { unsplit }),
  ...(listed && { listed }),
});

/** The images that were passed; they share the memory where it is shared. */
export const takeSets = ({ train, test, validation, unsplit, listed }: PassedSets): ImageSets => ({
  train: takeImages(train),
  test: takeImages(test),
  ...(validation && { validation: takeImages(validation) }),
  ...(unsplit && { unsplit }),
  ...(listed && { listed }),
});

function passImages({ pixels, labels, held, ...rest }: LabelledImages): PassedImages {
  return { ...rest, pixels: viewOf(pixels), labels: viewOf(labels), ...(held && { held: viewOf(held) }) };
}

function takeImages({ pixels, labels, held, ...rest }: PassedImages): LabelledImages {
  return {
    ...rest,
    pixels: numbersOf(pixels),
    labels: numbersOf(labels),
    ...(held && { held: new Uint32Array(held.buffer, held.offset, held.length) }),
  };
}

const viewOf = ({ buffer, byteOffset, length, BYTES_PER_ELEMENT }: Uint8Array | Uint16Array | Uint32Array): View => ({
  buffer,
  offset: byteOffset,
  length,
  bytes: BYTES_PER_ELEMENT,
});

const numbersOf = ({ buffer, offset, length, bytes }: View): Uint8Array | Uint16Array =>
  bytes === 1 ? new Uint8Array(buffer, offset, length) : new Uint16Array(buffer, offset, length);
