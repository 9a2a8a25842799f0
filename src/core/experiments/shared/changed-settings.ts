import { findArchitecture } from "../../architectures/index.js";
import { withNested } from "../../network/index.js";
import { augmentationWords, pairingWords } from "../../settings/augmentation-words.js";
import { optimizerInWords } from "../../settings/optimizer-words.js";
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

function changesOf({ architecture, config }: ConfiguredRun): string[] {
  const own = findArchitecture(architecture);
  const hasDropout = withNested([...config.network.trunk, ...config.network.head]).some(
    ({ kind }) => kind === "dropout",
  );
  const compared: [string, Value, Value][] = [
    ["epochs", config.epochs, own.epochs],
    ["batch size", config.batchSize, own.batchSize],
    ["training pairs", config.trainPairs, PAPER_PAIRS],
    ["learning rate", config.learningRate, own.learningRate],
    ["auxiliary weight", config.network.auxiliaryWeight, own.auxiliaryWeight ?? 0],
    ["pair weight", config.network.pairWeight ?? 1, own.pairWeight ?? 1],
    ["members", config.network.members ?? 1, own.members ?? 1],
    ["label smoothing", config.labelSmoothing ?? 0, own.labelSmoothing ?? 0],
    ["views", config.views ?? "none", own.views ?? "none"],
    ["partners", config.partners ?? 1, own.partners ?? 1],
    ["augmentation", augmentationWords(config.augmentation), augmentationWords(own.augmentation)],
    ["training pairs", pairingWords(config.pairing), pairingWords(own.pairing)],
  ];
  if (hasDropout) compared.push(["dropout", config.dropout, own.dropout]);
  compared.push(
    ["optimizer", optimizerInWords(config), optimizerInWords(own)],
    ["schedule", config.schedule ?? "constant", own.schedule ?? "constant"],
    ["clipping", config.clipNorm ?? "none", own.clipNorm ?? "none"],
    ["weight average", config.weightAverage ?? "none", own.weightAverage ?? "none"],
  );
  return compared.flatMap(([what, ours, theirs]) => (ours === theirs ? [] : [`${what} ${ours} instead of ${theirs}`]));
}

type Value = string | number;

const PAPER_PAIRS = 1000;
