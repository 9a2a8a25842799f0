import { InvalidRequest } from "../../../../core/errors.js";
import { type Annotations, changedTags } from "../../../../core/runs/annotations.js";
import type { RunRecord } from "../../../../core/training/run.js";
import { RunStore } from "../../../runs/store.js";
import { print, printJson } from "../../terminal/output.js";

interface AnnotateOptions {
  readonly runs: string;
  readonly json?: true | undefined;
}

export interface TagOptions extends AnnotateOptions {
  readonly add?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

/** `pairlab runs tag`: adds tags to runs, and removes others; either of all runs or of none. */
export async function tagRuns(references: readonly string[], options: TagOptions): Promise<void> {
  const { add = [], remove = [] } = options;
  if (add.length + remove.length === 0) throw new InvalidRequest("give --add NAME, --remove NAME or both");
  const both = add.find((name) => remove.includes(name));
  if (both !== undefined) throw new InvalidRequest(`--add and --remove both name ${both}: leave one out`);
  const change = ({ tags, note }: Annotations) => ({ tags: changedTags(tags, add, remove), note });
  await annotate(references, options, change, ({ tags }) =>
    tags.length > 0 ? `tags ${tags.join(", ")}` : "without tags",
  );
}

/** `pairlab runs note`: gives a run a note, or takes it away. */
export async function noteRun(reference: string, note: string, options: AnnotateOptions): Promise<void> {
  await annotate(
    [reference],
    options,
    ({ tags }) => ({ tags, note }),
    ({ note }) => (note ? `note ${note}` : "without a note"),
  );
}

/** @param inWords  what is said of each run afterwards */
async function annotate(
  references: readonly string[],
  { runs, json }: AnnotateOptions,
  change: (before: Annotations) => Annotations,
  inWords: (after: Annotations) => string,
): Promise<void> {
  const store = new RunStore(runs);
  const changed = new Map<string, { readonly record: RunRecord; readonly after: Annotations }>();
  for (const reference of references) {
    const { record } = await store.resolve(reference);
    changed.set(record.id, { record, after: change(await store.annotations(record.id)) });
  }
  await store.annotate(new Map([...changed].map(([id, { after }]) => [id, after])));
  if (json) printJson({ runs: [...changed].map(([id, { after }]) => ({ id, ...after })) });
  else
    for (const { record, after } of changed.values())
      print(`${record.id}: ${record.architecture}, seed ${record.seed}, ${inWords(after)}`);
}
