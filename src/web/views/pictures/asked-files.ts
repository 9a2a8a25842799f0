import { signal } from "@preact/signals";

export type Side = 0 | 1;
export const SIDES: readonly Side[] = [0, 1];

/** The two picture files that networks are asked about. They stay while other views are shown. */
export const askedFiles = signal<readonly [File | undefined, File | undefined]>([undefined, undefined]);

/** Puts a picture in a slot; of two, each in its own. */
export function putInSlot(side: Side, files: readonly File[]): void {
  const [one, other] = files;
  if (!one) return;
  const [first, second] = askedFiles.peek();
  if (other) askedFiles.value = [one, other];
  else askedFiles.value = side === 0 ? [one, second] : [first, one];
}
