/** There is no answer now, but there may be one in a moment. */
export class Busy extends Error {
  override name = "Busy";
}
