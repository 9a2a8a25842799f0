import { expect } from "vitest";

/** The bytes of a typed array: of none where it is something else. */
const bytesOf = (value: unknown): Buffer | undefined =>
  ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : undefined;

// `toEqual` looks for each element's key, which takes longer than to train what the elements are weights of. Arrays of one type
// with the same bytes are equal; what differs is left to it: it knows that NaN may have other bits, and shows the difference.
expect.addEqualityTesters([
  (first: unknown, second: unknown): true | undefined => {
    const bytes = bytesOf(first);
    const others = bytes && bytesOf(second);
    if (!others || (first as object).constructor !== (second as object).constructor) return undefined;
    return bytes.equals(others) || undefined;
  },
]);
