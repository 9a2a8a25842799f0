/** Thrown when the user interrupts. */
export class Interrupted extends Error {
  override name = "Interrupted";
}
