import type { LabelledImages } from "../../core/data/images.js";

/** The memory that an array views. Deno walks through a posted array value by value: 47 MB of shared images took it 50 s a run. */
interface View {
  readonly buffer: ArrayBufferLike;
  readonly offset: number;
  readonly length: number;
}

/** Images as they are posted to a thread. */
export interface PassedImages extends Omit<LabelledImages, "pixels" | "labels" | "held"> {
  readonly pixels: View;
  readonly labels: View;
  readonly held?: View;
}

export function passImages({ pixels, labels, held, ...rest }: LabelledImages): PassedImages {
  return { ...rest, pixels: viewOf(pixels), labels: viewOf(labels), ...(held && { held: viewOf(held) }) };
}

/** The images that were passed; they share the memory if it is shared memory. */
export function takeImages({ pixels, labels, held, ...rest }: PassedImages): LabelledImages {
  return {
    ...rest,
    pixels: new Uint8Array(pixels.buffer, pixels.offset, pixels.length),
    labels: new Uint8Array(labels.buffer, labels.offset, labels.length),
    ...(held && { held: new Uint32Array(held.buffer, held.offset, held.length) }),
  };
}

const viewOf = ({ buffer, byteOffset, length }: Uint8Array | Uint32Array): View => ({
  buffer,
  offset: byteOffset,
  length,
});
