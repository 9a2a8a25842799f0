import { errorText } from "../../../../core/experiments/shared/diverged.js";
import { layerInWords } from "../../../../core/network/words.js";
import { picked } from "../../../../core/picked.js";
import { type RunDifference, runDifferences } from "../../../../core/runs/differences.js";
import { ABSENT, duration } from "../../../../core/text/format.js";
import { placeOf } from "../../../../core/training/divergence.js";
import type { RunRecord, RunSummary } from "../../../../core/training/run.js";
import { RunStore } from "../../../runs/store.js";
import { type Field, fitTable, type Layout, narrowestTable } from "../../terminal/columns.js";
import { Lines } from "../../terminal/lines.js";
import { print, printJson, terminalWidth } from "../../terminal/output.js";
import { unambiguous } from "./beginnings.js";

export interface DiffOptions {
  readonly runs: string;
  readonly json?: true | undefined;
}

/** `pairlab runs diff`: what differs between runs, and what they came to. */
export async function diffRuns(references: readonly string[], { runs, json }: DiffOptions): Promise<void> {
  const store = new RunStore(runs);
  const records: RunRecord[] = [];
  for (const reference of references) records.push((await store.resolve(reference)).record);
  const differences = runDifferences(records);
  if (json) {
    printJson({
      runs: records.map((record) =>
        picked(
          record,
          ...([
            "id",
            "architecture",
            "seed",
            "trainError",
            "testError",
            "diverged",
            "seconds",
            "weightsSha256",
          ] as const),
        ),
      ),
      differences,
    });
    return;
  }
  const remark = sameness(differences, records);
  if (remark) print(remark);
  print(differenceTable(differences, records, terminalWidth()));
}

function sameness(differences: readonly RunDifference[], records: readonly RunRecord[]): string {
  if (records.every(({ id }) => id === records[0]?.id)) return "these are the same run";
  if (differences.every(({ key }) => key === "seed")) return "the same settings: only the seed differs";
  return "";
}

/** A row for each difference and each error, a column for each run; several tables where the terminal is too narrow. */
function differenceTable(differences: readonly RunDifference[], records: readonly RunSummary[], width: number): Lines {
  const short = unambiguous(records.map(({ id }) => id));
  const evaluated = new Set(records.map(({ config }) => `${config.evaluateOn} error`));
  const lost = records.some(({ diverged }) => diverged);
  const labels: Field = {
    title: "",
    cells: [
      ...differences.map(({ key }) => key),
      "train error",
      [...evaluated].join(" or "),
      ...(lost ? ["diverged"] : []),
      "time",
    ],
  };
  const columns = records.map(
    (record, i): Field => ({
      title: short.get(record.id) ?? record.id,
      cells: [
        ...differences.map(({ key, values }) => valueInWords(key, values[i] ?? null)),
        errorText(record, record.trainError),
        errorText(record, record.testError),
        ...(lost ? [record.diverged ? placeOf(record.diverged) : ABSENT] : []),
        duration(record.seconds),
      ],
      narrowest: NARROWEST_VALUE,
    }),
  );
  const tables = inTables(labels, columns, width);
  return new Lines(tables.flatMap(({ lines }, i) => (i === 0 ? lines : ["", ...lines])));
}

/** Characters of the narrowest column of values. */
const NARROWEST_VALUE = 14;

function inTables(labels: Field, columns: readonly Field[], width: number): Lines[] {
  const tables: Lines[] = [];
  for (let from = 0; from < columns.length; ) {
    let layout = layoutOf(labels, columns.slice(from, from + 1));
    for (let to = from + 2; to <= columns.length; to++) {
      const wider = layoutOf(labels, columns.slice(from, to));
      if (narrowestTable(wider) > width) break;
      layout = wider;
    }
    tables.push(fitTable([layout], width));
    from += layout.columns.length - 1;
  }
  return tables;
}

const layoutOf = (labels: Field, columns: readonly Field[]): Layout => ({
  left: 1,
  columns: [labels, ...columns].map((field) => [field]),
});

/** Digests are shortened; the JSON has them whole. */
function valueInWords(key: string, value: RunDifference["values"][number]): string {
  if (value === null) return "–";
  if (typeof value === "object") return layerInWords(value);
  return DIGESTS.has(key) ? String(value).slice(0, 12) : String(value);
}
const DIGESTS: ReadonlySet<string> = new Set(["config.dataset.sha256", "config.engine.kernels"]);
