import { text } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { quoted } from "../given.js";
import { didYouMean } from "../text/nearest.js";
import type { Architecture } from "./architecture.js";
import { best, bestEnsemble, bestLearned } from "./best.js";
import { matching, ranking } from "./comparing.js";
import { lenet5 } from "./lenet-5.js";
import { mlp } from "./mlp.js";
import { oneByOne } from "./one-by-one.js";
import { quick } from "./quick.js";
import { resnet, resnetOneByOne, resnetSharing, resnetSharingAuxiliary } from "./resnet.js";
import { simpleCnn } from "./simple-cnn.js";
import { TRUNK_NAMES, trunkFromName } from "./trunk.js";
import { weightSharing } from "./weight-sharing.js";
import { weightSharingAuxiliary } from "./weight-sharing-auxiliary.js";
import { weightSharingAuxiliaryTuned } from "./weight-sharing-auxiliary-tuned.js";

/** The paper's architectures, in its order. */
export const architectures: readonly Architecture[] = [mlp, simpleCnn, weightSharing, weightSharingAuxiliary, oneByOne];

/** Their names. */
export const PAPER_NETWORKS: readonly string[] = architectures.map(({ name }) => name);

/** The names of the architectures whose curves the paper shows, in the order of its Figures 1–4. */
export const PAPER_CURVES: readonly string[] = [mlp, simpleCnn, weightSharing, weightSharingAuxiliary].map(
  ({ name }) => name,
);

/** Networks that the paper does not have. */
export const furtherArchitectures: readonly Architecture[] = [
  lenet5,
  resnet,
  resnetSharing,
  resnetSharingAuxiliary,
  resnetOneByOne,
  best,
  bestEnsemble,
  bestLearned,
  weightSharingAuxiliaryTuned,
  quick,
  matching,
  ranking,
];

/**
 * The architecture of that name: one of the paper's, of the further ones, or of the trunk family.
 *
 * @throws InvalidRequest where there is no such architecture; it gives the nearest name, and how names of the trunk family are made
 */
export function findArchitecture(name: string): Architecture {
  text(name, "an architecture's name");
  const named = [...architectures, ...furtherArchitectures];
  const found = named.find((architecture) => architecture.name === name);
  if (found) return found;
  if (/^trunk(\+|$)/.test(name)) return trunkFromName(name);
  const names = named.map((architecture) => architecture.name);
  const [, ...parts] = name.split("+");
  const ofTrunk = parts.length > 0 ? [["trunk", ...parts].join("+")] : [];
  const nearest = didYouMean(name, [...names, ...ofTrunk]);
  throw new InvalidRequest(
    `unknown architecture ${quoted(name)}${nearest || "."} There are ${names.join(", ")}; or a name is ${TRUNK_NAMES}`,
  );
}
