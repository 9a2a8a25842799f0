import leven from "leven";
import { InvalidRequest } from "../errors.js";
import type { Architecture } from "./architecture.js";
import { mlp } from "./mlp.js";
import { oneByOne } from "./one-by-one.js";
import { simpleCnn } from "./simple-cnn.js";
import { weightSharing } from "./weight-sharing.js";
import { weightSharingAuxiliary } from "./weight-sharing-auxiliary.js";

/** Every architecture, in the paper's order. */
export const architectures: readonly Architecture[] = [mlp, simpleCnn, weightSharing, weightSharingAuxiliary, oneByOne];

/**
 * The architecture of that name.
 *
 * @throws InvalidRequest with the nearest name, when there is none.
 */
export function findArchitecture(name: string): Architecture {
  const found = architectures.find((architecture) => architecture.name === name);
  if (found) return found;
  const names = architectures.map((architecture) => architecture.name);
  const nearest = names.toSorted((a, b) => leven(a, name) - leven(b, name))[0];
  throw new InvalidRequest(`unknown architecture "${name}": did you mean ${nearest}? There are ${names.join(", ")}`);
}
