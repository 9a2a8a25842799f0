import { annotationsIn } from "../../../runs/annotations.js";
import { listStore } from "../../../runs/listing.js";
import { namedLikeRuns } from "../../../runs/references.js";
import { RunStore } from "../../../runs/store.js";
import { coloursFor } from "../../terminal/colours.js";
import type { Line } from "../../terminal/lines.js";
import { isTerminal, print, printCsv, printJson, remark, terminalWidth } from "../../terminal/output.js";
import { unambiguous } from "./beginnings.js";
import { groupsDocument, runsCsv, runsDocument } from "./documents.js";
import { inWords, type Selection, selectRuns } from "./selection.js";
import { groupTable, runTable } from "./tables.js";

export interface ListOptions extends Selection {
  readonly runs: string;
  readonly all?: true | undefined;
  readonly json?: true | undefined;
  readonly csv?: true | undefined;
}

/** `pairlab runs list`: what the store has, grouped over seeds or run by run. */
export async function listRuns(options: ListOptions): Promise<void> {
  const store = new RunStore(options.runs);
  const { folder } = store;
  const { groups, used, damaged, unfinished, setAside } = await listStore(store, (runs) =>
    selectRuns(runs, options, folder),
  );
  const runs = groups.flatMap(({ records }) => records);
  const { byId, unreadable } = annotationsIn(
    folder,
    runs.map(({ id }) => id),
  );
  for (const line of unreadable) remark(line);
  if (options.csv) {
    printCsv(runsCsv(runs, byId));
    return;
  }
  if (options.json) {
    const document = options.all ? runsDocument(groups, used, byId) : groupsDocument(groups, used, byId);
    printJson({ ...document, unfinished, damaged, setAside });
    return;
  }
  if (groups.length === 0) print(`there are no runs in ${folder}${inWords(options)}`);
  else if (options.all) print(runTable(groups, byId, terminalWidth()));
  else print(groupTable(groups, { used, short: await namesIn(folder), annotations: byId }, terminalWidth()));
  for (const line of remains(folder, unfinished, damaged, setAside)) print(line);
}

/** What names each run of a store, in place of its id. */
async function namesIn(folder: string): Promise<Map<string, string>> {
  return unambiguous((await namedLikeRuns(folder)).map(({ id }) => id));
}

/** How many damaged runs are named. */
const NAMED = 3;

function remains(
  folder: string,
  unfinished: number,
  damaged: readonly { readonly damage: string }[],
  setAside: readonly string[],
): Line[] {
  const broken = [
    ...damaged.map(({ damage }) => `damaged: ${damage}`),
    ...setAside.map((name) => `set aside as damaged: ${folder}/damaged/${name}`),
  ];
  const others = broken.length - NAMED;
  const { yellow } = coloursFor(isTerminal());
  const warning = (text: string): Line => ({ text, colour: yellow });
  return [
    ...(unfinished > 0
      ? [`${counted(unfinished, "run is unfinished", "runs are unfinished")}: the same command continues`]
      : []),
    ...broken.slice(0, NAMED).map(warning),
    ...(others > 0 ? [warning(`and ${others} more: pairlab runs rm --damaged`)] : []),
  ];
}

const counted = (count: number, one: string, several: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${several}`;
