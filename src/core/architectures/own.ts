import { type Check, oneOf, optional, refuse } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { checkLayer } from "../network/check-layer.js";
import type { Layer } from "../network/index.js";
import type { Network } from "../network/network.js";
import { type OptionalSettings, type OwnSettings, settingsCheck } from "../settings/training-settings.js";
import { type Architecture, PAPER_TRAINING } from "./architecture.js";

/** How pairs are drawn: it is asked of a command, and is no property of a network. */
const OF_PAIRS = ["trainPairs", "testPairs", "relation", "evaluateOn", "balance", "split", "reuse"] as const;

/**
 * A network of your own: its layers, and how it is trained. What is absent has a usual value: no layers, Adam with a learning rate
 * of 0.001, 25 epochs, batches of 50 pairs, a dropout rate of 0.5 where there is dropout.
 */
export interface OwnArchitecture
  extends Partial<Network>,
    Partial<OwnSettings>,
    Omit<OptionalSettings, (typeof OF_PAIRS)[number]> {
  /** Small letters, digits and hyphens, such as "my-resnet"; not that of a network that pairlab has. */
  readonly name: string;
  /** What reports call it; default: its name. */
  readonly title?: string;
  readonly evaluate?: Architecture["evaluate"];
}

/** How an own network is trained where it does not say so. */
const USUAL = { ...PAPER_TRAINING, learningRate: 1e-3 } as const;

/** Commands take names apart at "+", ":" and ",". */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST = 60;

const checkName: Check = (value, what) => {
  if (typeof value !== "string" || !NAME.test(value) || value.length > LONGEST)
    refuse(what, `small letters, digits and single hyphens, ${LONGEST} at most, such as "my-network"`, value);
};
const checkTitle: Check = (value, what) => {
  if (typeof value !== "string" || value.trim() === "" || value.length > LONGEST || /\p{Cc}/u.test(value))
    refuse(what, `a text of 1 to ${LONGEST} characters on one line`, value);
};
const checkLayers: Check = (value, what) => {
  if (!Array.isArray(value)) refuse(what, "an array of layers, such as [flatten(), linear(2)]", value);
  for (const [i, layer] of (value as readonly Layer[]).entries()) checkLayer(layer, `${what}.${i}`);
};
const absent: Check = (value, what) => {
  if (value !== undefined)
    throw new InvalidRequest(`${what} is asked of a command, not of a network: give it as an option or a default`);
};

const checkOwn = settingsCheck([], {
  name: checkName,
  title: optional(checkTitle),
  trunk: optional(checkLayers),
  head: optional(checkLayers),
  trunks: optional(oneOf(["shared", "separate"])),
  ...Object.fromEntries(OF_PAIRS.map((name) => [name, absent])),
});

/**
 * The architecture that somebody wrote. Its shapes are worked out when a run's images are known.
 *
 * @param where  what messages call it: "architectures[0]"
 * @throws InvalidRequest naming what is unknown, missing or out of range
 */
export function ownArchitecture(given: OwnArchitecture, where: string): Architecture {
  checkOwn(given, where);
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { name: given.name, title: given.name, trunk: [], head: [], ...USUAL, ...said };
}
