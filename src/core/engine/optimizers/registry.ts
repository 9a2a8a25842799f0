import adam from "./adam.js";
import adamw from "./adamw.js";
import lion from "./lion.js";
import muon from "./muon.js";
import type { OptimizerKind } from "./optimizer.js";
import rmsprop from "./rmsprop.js";
import sgd from "./sgd.js";

const KINDS = { adam, adamw, sgd, rmsprop, lion, muon };
/** The name of an optimizer, as in the setting `optimizer`. */
export type OptimizerName = keyof typeof KINDS;

/** The optimizers by name, in the order in which they are listed. */
export const OPTIMIZER_KINDS: Readonly<Record<OptimizerName, OptimizerKind>> = KINDS;
/** The names of all optimizers. */
export const OPTIMIZERS = Object.keys(KINDS) as [OptimizerName, ...OptimizerName[]];
