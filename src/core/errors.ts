/**
 * The request cannot be carried out as made: an unknown name, a value out of range, a file that is not what it should be.
 * The message is one line that says what is wrong, where, and what would be right.
 */
export class InvalidRequest extends Error {
  override name = "InvalidRequest";
}
