import { anything, counting, fields, oneOf, optional, refuse, within } from "../checks.js";
import { CLASSES } from "../limits.js";
import { SETTING_LIMITS, SETTING_NAMES } from "../settings/table.js";
import { checkLayers } from "./fields.js";
import type { InputSpec, Network } from "./network.js";

const NETWORK = {
  trunk: checkLayers,
  head: checkLayers,
  auxiliaryWeight: optional(within(SETTING_LIMITS.auxiliaryWeight)),
  trunks: optional(oneOf(["shared", "separate"])),
  pairWeight: optional(within(SETTING_LIMITS.pairWeight)),
  members: optional(within(SETTING_LIMITS.members)),
};
/** Fields of an architecture that a network does not use. */
const OF_ARCHITECTURES = ["name", "title", "paper", ...SETTING_NAMES].filter((name) => !(name in NETWORK));
const checkFields = fields({ ...NETWORK, ...Object.fromEntries(OF_ARCHITECTURES.map((name) => [name, anything])) });

/** @throws InvalidRequest naming what is unknown, missing or out of range; layers are checked as they are placed */
export function checkNetwork(network: Network): void {
  if (typeof network === "string") refuse("a network", "an object, such as findArchitecture(name) gives", network);
  checkFields(network, "network");
}

const INPUT = fields({
  height: counting,
  width: counting,
  channels: counting,
  classes: within(CLASSES),
});

export function checkInput(input: InputSpec): void {
  INPUT(input, "input");
}
