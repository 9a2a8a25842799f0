import { ABLATED_DIGITS, counted } from "./limits.js";
import type { Row } from "./row.js";

const weight = { least: 0, most: 1000 } as const;

/** Settings of a network, which a configuration holds in `network`. */
export const NETWORK_ROWS = {
  /** Weight of each image's digit cross-entropy in the loss; 0 or absent for none. */
  auxiliaryWeight: {
    kind: "number",
    limits: weight,
    place: "network",
    usual: 0,
    of: "digits",
    words: "auxiliary weight",
    method: {
      name: ({ classWord }) => `Weight of each image's ${classWord} loss`,
      value: (weight, { network: { head, pairWeight = 1 } }) =>
        head.length > 0 && pairWeight > 0
          ? `${weight}, beside ${pairWeight} for the pair's label`
          : `${weight}, with no other loss`,
    },
    option: {
      takes: "<weight>",
      help: "weight of the cross-entropy of each image's class, where there is one (default: 0.5)",
    },
    page: { paper: "0.5" },
    search: {
      scale: "log",
      over: { factor: 10 },
      ablated: { low: 0.1, high: 4, digits: ABLATED_DIGITS },
      possible: { ...weight, open: "least" },
    },
  },
  /** Weight of the head's cross-entropy in the loss, default 1. With 0 the head decides and nothing is trained through it. */
  pairWeight: {
    kind: "number",
    limits: weight,
    place: "network",
    usual: 1,
    words: "pair weight",
    method: { by: "auxiliaryWeight" },
    option: null,
  },
  /** How many trunks there are, each with weights of its own; default 1. The head or the rule sees the mean of their digit logits. */
  members: {
    kind: "number",
    limits: counted(64),
    place: "network",
    usual: 1,
    words: "members",
    short: (members) => (members === "1" ? "one member" : `${members} members`),
    method: {
      name: "Members",
      value: (members) => `${members} trunks`,
      remark: ([{ classWord }]) =>
        `, each with weights of its own, learn from the same batches; the pair is decided on the mean of their ${classWord} logits`,
    },
    option: {
      takes: "<count>",
      help: "trunks with weights of their own whose class logits are averaged, for networks that learn only from classes (default: 1)",
    },
  },
} as const satisfies Readonly<Record<string, Row>>;
