/** There is no answer now, and there may be one in a moment. */
export class Busy extends Error {
  override name = "Busy";
}
