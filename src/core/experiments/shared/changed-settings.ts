import { findArchitecture } from "../../architectures/index.js";
import { NETWORK_HAS } from "../../settings/has.js";
import { optimizerInWords } from "../../settings/optimizer-words.js";
import type { ToldConfig } from "../../settings/row.js";
import { namesFrom, rowOf } from "../../settings/table.js";
import { ownValue, valueIn, valueText } from "../../settings/values.js";
import type { ConfiguredRun } from "./method.js";

/** A setting that is not an architecture's own, which is the paper's where the paper prints it. */
export interface ChangedSetting {
  /** "epochs 3 instead of 25". */
  readonly change: string;
  /** Names of the architectures that it was changed for. */
  readonly architectures: readonly string[];
}

/** What was changed, for which architectures. */
export function changedSettings(records: readonly ConfiguredRun[]): ChangedSetting[] {
  const changes = new Map<string, Set<string>>();
  for (const record of records)
    for (const change of changesOf(record))
      changes.set(change, (changes.get(change) ?? new Set()).add(record.architecture));
  return [...changes].map(([change, names]) => ({ change, architectures: [...names] }));
}

/** Settings that come first. The others follow in the table's order. */
const ORDER = namesFrom(
  ...(["epochs", "batchSize", "trainPairs", "learningRate", "auxiliaryWeight", "pairWeight", "members"] as const),
  ...([
    "labelSmoothing",
    "labelFraction",
    "views",
    "partners",
    "augmentation",
    "pairing",
    "dropout",
    "optimizer",
  ] as const),
);

function changesOf({ architecture, config }: ConfiguredRun): string[] {
  const own = findArchitecture(architecture);
  const [ours, theirs] = [config, own].map((each) => ({ optimizerInWords: optimizerInWords(each) })) as [Told, Told];
  return ORDER.flatMap((name) => {
    const { change, of, words } = rowOf(name);
    if (change === false || (of === "dropout" && !NETWORK_HAS.dropout(config.network))) return [];
    const is = change ? change(ours) : valueText(name, valueIn(config, name));
    const was = change ? change(theirs) : valueText(name, ownValue(own, name));
    return is === was ? [] : [`${words} ${is} instead of ${was}`];
  });
}

type Told = Pick<ToldConfig, "optimizerInWords">;
