import { anything, listOf, optional, partly, text } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { Network } from "../network/index.js";
import { checkOptimizer, settingsCheck } from "../settings/training-settings.js";
import type { LoopSettings } from "./loop-settings.js";

const NETWORK = ["auxiliaryWeight", "pairWeight", "members", "trunks"] as const;
/** What comes with the settings of an architecture or of a run, and is of no concern here. */
const BESIDE = ["name", "title", "paper", "trunk", "head", "network", "dataset", "engine", ...NETWORK];
const checkSettings = settingsCheck(["epochs", "batchSize", "learningRate", "dropout", "evaluate"], {
  ...Object.fromEntries(BESIDE.map((name) => [name, anything])),
  from: optional(partly({ tensors: listOf(partly({ name: text })) })),
});

/** @throws InvalidRequest naming the first setting that training cannot take, or that is the network's */
export function checkLoop(settings: LoopSettings, network: Network): void {
  checkSettings(settings, "");
  checkOptimizer(settings);
  partly({})(network, "the network");
  const usual: Required<Pick<Network, (typeof NETWORK)[number]>> = {
    auxiliaryWeight: 0,
    pairWeight: 1,
    members: 1,
    trunks: "shared",
  };
  const given = settings as LoopSettings & Partial<Network>;
  for (const field of NETWORK)
    if (given[field] !== undefined && given[field] !== (network[field] ?? usual[field]))
      throw new InvalidRequest(
        `${field} is a field of the network, which has ${network[field] ?? usual[field]}: give it there rather than as a setting`,
      );
}
