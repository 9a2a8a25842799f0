import { type Check, fields, listOf, refuse } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { visible } from "../formats/visible.js";

/** What people say of a run. It is not part of the run: nothing of it decides a bit, or is in the run's id. */
export interface Annotations {
  /** Ascending, each once: `MOST_TAGS` at most. */
  readonly tags: readonly string[];
  /** One line; empty if there is none. */
  readonly note: string;
}

export const NO_ANNOTATIONS: Annotations = { tags: [], note: "" };

/** Tags of a run, and characters (code points) of a tag and of a note, at most. */
export const MOST_TAGS = 20;
const MOST_IN_TAG = 40;
const MOST_IN_NOTE = 2000;

/** What a tag is, for messages. */
export const TAG_IN_WORDS = `1 to ${MOST_IN_TAG} small letters, digits and hyphens, the first no hyphen`;

export const isTag = (text: string): boolean => text.length <= MOST_IN_TAG && /^[a-z0-9][a-z0-9-]*$/.test(text);

const tag: Check = (value, what) => {
  if (typeof value !== "string" || !isTag(value)) refuse(what, TAG_IN_WORDS, value);
};

const note: Check = (value, what) => {
  if (typeof value !== "string") refuse(what, "a text", value);
  const text = value as string;
  const { length } = [...text];
  if (length > MOST_IN_NOTE)
    throw new InvalidRequest(`${what} has ${length} characters: it must have ${MOST_IN_NOTE} or fewer`);
  if (visible(text) !== text) refuse(what, "one line without control characters", text);
};

const ANNOTATIONS = fields({ tags: listOf(tag), note });

/**
 * Sees that tags and a note may be kept.
 *
 * @throws InvalidRequest with one line that says what is wrong, where, and what would be right
 */
export function checkAnnotations(value: unknown, what: string): asserts value is Annotations {
  ANNOTATIONS(value, what);
  const { length } = (value as Annotations).tags;
  if (length > MOST_TAGS) throw new InvalidRequest(`${what} has ${length} tags: it must have ${MOST_TAGS} or fewer`);
}

/** Tags with some added and others removed. What is there already, or is not there, is no error. */
export const changedTags = (tags: readonly string[], add: readonly string[], remove: readonly string[]): string[] =>
  [...new Set([...tags, ...add])].filter((each) => !remove.includes(each)).sort();

/** The tags that runs of a group have, ascending, with how many have each. */
export function groupTags(
  { records }: { readonly records: readonly { readonly id: string }[] },
  annotations: ReadonlyMap<string, Annotations>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of records)
    for (const each of annotations.get(id)?.tags ?? []) counts.set(each, (counts.get(each) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
