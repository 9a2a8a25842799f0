import { lstatSync } from "node:fs";
import { join } from "node:path";
import { InvalidRequest } from "../../../../core/errors.js";
import type { RunSummary } from "../../../../core/training/run.js";
import { DAMAGED } from "../../../runs/layout.js";
import { resolveReference } from "../../../runs/references.js";
import { listSetAside, removeSetAside } from "../../../runs/set-aside.js";
import { RunStore } from "../../../runs/store.js";
import { print, printJson } from "../../terminal/output.js";
import { inWords, type Selection, selectRuns, selects } from "./selection.js";

export interface RemoveOptions extends Selection {
  readonly runs: string;
  readonly damaged?: true | undefined;
  readonly yes?: true | undefined;
  readonly json?: true | undefined;
}

/** What is to be removed. */
interface Doomed {
  /** Of runs, finished or not. */
  readonly ids: readonly string[];
  /** Folders in `damaged/`. */
  readonly setAside: readonly string[];
  /** A line for each of both. */
  readonly lines: readonly string[];
}

/** `pairlab runs rm`: removes runs, or says what it would remove. */
export async function removeRuns(references: readonly string[], options: RemoveOptions): Promise<void> {
  const store = new RunStore(options.runs);
  const doomed = await choose(store, references, options);
  const { ids, setAside, lines } = doomed;
  const sure = lines.length === 1 && !selects(options) && !options.damaged;
  const go = sure || options.yes === true;
  if (go) {
    await store.remove(ids);
    await removeSetAside(store.folder, setAside);
  }
  const names = [...ids, ...setAside.map((name) => join(DAMAGED, name))];
  if (options.json) printJson({ selected: names, removed: go ? names : [] });
  else for (const line of lines) print(`${go ? "removed" : "would remove"} ${line}`);
  if (!go)
    throw new InvalidRequest(
      `nothing was removed: add --yes to remove ${lines.length === 1 ? "it" : `all ${lines.length}`}`,
    );
}

async function choose(store: RunStore, references: readonly string[], options: RemoveOptions): Promise<Doomed> {
  if (references.length > 0 && selects(options))
    throw new InvalidRequest("name runs, or select them with --architecture, --where and --tag: not both");
  if (references.length === 0 && !selects(options) && !options.damaged)
    throw new InvalidRequest(
      "name the runs to remove, or select them with --architecture, --where, --tag or --damaged",
    );
  const { records, damaged } = await store.records();
  const named: string[] = [];
  for (const reference of references) named.push(await resolveReference(store.folder, reference));
  const selected = selects(options) ? selectRuns(records, options, store.folder).map(({ id }) => id) : [];
  const broken = options.damaged ? damaged.map(({ id }) => id) : [];
  const ids = [...new Set([...named, ...selected, ...broken])];
  const setAside = options.damaged ? await listSetAside(store.folder) : [];
  if (ids.length + setAside.length === 0)
    throw new InvalidRequest(
      `there are no ${options.damaged && !selects(options) ? "damaged runs" : "runs"} in ${store.folder}${inWords(options)}: pairlab runs lists what is there`,
    );
  const known = new Map<string, RunSummary>(records.map((record) => [record.id, record]));
  const damage = new Set(damaged.map(({ id }) => id));
  const describe = (id: string): string => {
    const record = known.get(id);
    const state = damage.has(id) ? "damaged" : "unfinished";
    const isLink = lstatSync(join(store.folder, id), { throwIfNoEntry: false })?.isSymbolicLink();
    const stays = isLink ? " (a link: what it leads to stays)" : "";
    return `${id}: ${record ? `${record.architecture}, seed ${record.seed}` : state}${stays}`;
  };
  return {
    ids,
    setAside,
    lines: [...ids.map(describe), ...setAside.map((name) => `${DAMAGED}/${name}: set aside as damaged`)],
  };
}
