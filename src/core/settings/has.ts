import { withNested } from "../network/kinds.js";
import type { Network } from "../network/network.js";

/** Parts that not every network has, and that some settings are about. */
export const NETWORK_HAS = {
  digits: ({ auxiliaryWeight = 0 }: Network): boolean => auxiliaryWeight > 0,
  /** A dropout layer that names no rate. */
  dropout: ({ trunk, head }: Network): boolean =>
    withNested([...trunk, ...head]).some((layer) => layer.kind === "dropout" && layer.rate === undefined),
} as const;
