import { fields, flag, optional } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { quoted } from "../given.js";
import { batchNorm, convolution, dropout, flatten, type Layer, linear, maxPool, relu } from "../network/index.js";
import { didYouMean } from "../text/nearest.js";
import { type Architecture, PAPER_TRAINING } from "./architecture.js";

/** The hints about the problem that a network of the trunk family gets. An absent hint is false. */
export interface TrunkHints {
  /** Both images go through the same trunk. Without it, each goes through a trunk of its own. */
  readonly sharing?: boolean;
  /** The trunk's outputs are also trained to name the digits. */
  readonly auxiliary?: boolean;
  readonly batchNorm?: boolean;
  readonly dropout?: boolean;
  /** The relation is applied to the likeliest digit of each image, instead of a learned head. Needs `auxiliary`. */
  readonly rule?: boolean;
}

/** The hints in the order of a name's parts. */
const HINTS: readonly { readonly hint: keyof TrunkHints; readonly part: string; readonly title: string }[] = [
  { hint: "sharing", part: "sharing", title: "sharing" },
  { hint: "auxiliary", part: "auxiliary", title: "auxiliary loss" },
  { hint: "batchNorm", part: "batch-norm", title: "batch norm" },
  { hint: "dropout", part: "dropout", title: "dropout" },
  { hint: "rule", part: "rule", title: "rule" },
];

const checkHints = fields(Object.fromEntries(HINTS.map(({ hint }) => [hint, optional(flag)])), "hint");

export const TRUNK_NAMES = `trunk, then any of ${HINTS.map(({ part }) => `+${part}`).join(" ")} in this order`;

/**
 * The name of the network with these hints, such as "trunk+sharing+batch-norm".
 *
 * @throws InvalidRequest where a hint is unknown or not a boolean
 */
export function trunkName(hints: TrunkHints): string {
  checkHints(hints, "");
  return ["trunk", ...given(hints).map(({ part }) => part)].join("+");
}

/**
 * The trunk and head of the paper's network with weight sharing and auxiliary loss, with only these hints.
 *
 * @throws InvalidRequest where a hint is unknown or not a boolean, or `rule` is there without `auxiliary`
 */
export function trunkArchitecture(hints: TrunkHints): Architecture {
  checkHints(hints, "");
  const name = trunkName(hints);
  if (hints.rule && !hints.auxiliary)
    throw new InvalidRequest(
      `${name}: the rule compares classes, and only the auxiliary loss teaches them: did you mean ${trunkName({ ...hints, auxiliary: true })}?`,
    );
  const normalize: Layer[] = hints.batchNorm ? [batchNorm()] : [];
  const drop: Layer[] = hints.dropout ? [dropout()] : [];
  const titles = given(hints).map(({ title }) => title);
  return {
    name,
    title: titles.length > 0 ? `trunk with ${titles.join(", ")}` : "plain trunk",
    ...PAPER_TRAINING,
    learningRate: 3e-3,
    trunk: [
      convolution(32, 5),
      ...normalize,
      maxPool(2),
      relu(),
      convolution(64, 2),
      ...normalize,
      maxPool(2),
      relu(),
      flatten(),
      linear(128),
      ...drop,
      relu(),
      linear(10),
    ],
    head: hints.rule ? [] : [linear(200), ...drop, relu(), linear(200), ...drop, relu(), linear(2)],
    auxiliaryWeight: hints.auxiliary ? 0.5 : 0,
    trunks: hints.sharing ? "shared" : "separate",
  };
}

/** Every network of the family. There are 24, because 8 of the 32 sets of hints have the rule without the auxiliary loss. */
export const trunkArchitectures: readonly Architecture[] = Array.from({ length: 2 ** HINTS.length }, (_, set) =>
  Object.fromEntries(HINTS.map(({ hint }, bit) => [hint, Boolean((set >> bit) & 1)])),
)
  .filter(({ rule, auxiliary }: TrunkHints) => auxiliary || !rule)
  .map(trunkArchitecture);

/**
 * The network of the family with a name such as "trunk+sharing+rule".
 *
 * @throws InvalidRequest where a part is unknown, repeated or out of order
 */
export function trunkFromName(name: string): Architecture {
  const [, ...parts] = name.split("+");
  const unknown = parts.find((part) => !HINTS.some((known) => known.part === part));
  if (unknown !== undefined) {
    const nearest = didYouMean(
      unknown,
      HINTS.map(({ part }) => part),
    );
    throw new InvalidRequest(
      `unknown part ${quoted(unknown)} of ${quoted(name)}${nearest || ":"} A name is ${TRUNK_NAMES}`,
    );
  }
  const architecture = trunkArchitecture(
    Object.fromEntries(HINTS.map(({ hint, part }) => [hint, parts.includes(part)])),
  );
  if (architecture.name !== name)
    throw new InvalidRequest(
      `the parts of ${quoted(name)} are out of order or repeated: did you mean ${architecture.name}? A name is ${TRUNK_NAMES}`,
    );
  return architecture;
}

function given(hints: TrunkHints): typeof HINTS {
  return HINTS.filter(({ hint }) => hints[hint]);
}
