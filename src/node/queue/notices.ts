/** Characters of a line, of which others may have written a part. */
const MOST_LINE = 1000;

/** A line, or its beginning. */
export const cut = (line: string): string => (line.length > MOST_LINE ? `${line.slice(0, MOST_LINE)}…` : line);

/** Says each thing once while it lasts, whatever its numbers are meanwhile. */
export class Notices {
  readonly #lasting = new Set<string>();

  readonly say: (line: string) => void;

  /** @param say  takes one line, of at most 1001 characters */
  constructor(say: (line: string) => void) {
    this.say = (line) => say(cut(line));
  }

  /** Says a line, unless one about the same thing was said and that is not over. */
  once(about: string, line: string): void {
    if (this.#lasting.has(about)) return;
    this.#lasting.add(about);
    this.say(line);
  }

  /** From now on it may be said again. */
  over(about: string): void {
    this.#lasting.delete(about);
  }
}
