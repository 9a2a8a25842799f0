import { anything, listOf, optional, partly, text } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { Network } from "../network/index.js";
import { NETWORK_SETTINGS, SETTINGS } from "../settings/table.js";
import { checkOptimizer, settingsCheck } from "../settings/training-settings.js";
import type { LoopSettings } from "./loop-settings.js";

/** Settings that are fields of the network, with their usual values. */
const USUAL = new Map<keyof Network, unknown>([
  ...NETWORK_SETTINGS.map((name) => [name, SETTINGS[name].usual] as const),
  ["trunks", "shared"],
]);
/** Further fields of an architecture or of a run's configuration, which training does not use. */
const BESIDE = [
  "name",
  "title",
  "paper",
  "trunk",
  "head",
  "network",
  "dataset",
  "engine",
  "startingWeights",
  ...USUAL.keys(),
];
const checkSettings = settingsCheck(["epochs", "batchSize", "learningRate", "dropout", "evaluate"], {
  ...Object.fromEntries(BESIDE.map((name) => [name, anything])),
  group: anything,
  start: optional(listOf(partly({ name: text }))),
  from: optional(partly({ tensors: listOf(partly({ name: text })) })),
});

/** @throws InvalidRequest naming the first setting that is invalid, or that contradicts the network's field */
export function checkLoop(settings: LoopSettings, network: Network): void {
  checkSettings(settings, "");
  checkOptimizer(settings);
  partly({})(network, "the network");
  const given = settings as LoopSettings & Partial<Network>;
  for (const [field, usual] of USUAL) {
    const has = network[field] ?? usual;
    if (given[field] !== undefined && given[field] !== has)
      throw new InvalidRequest(
        `${field} is a field of the network, which has ${has}: give it there rather than as a setting`,
      );
  }
}
