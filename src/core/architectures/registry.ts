import { listOf, partly, text } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { quoted } from "../given.js";
import { didYouMean } from "../text/nearest.js";
import type { Architecture, PaperResult } from "./architecture.js";
import { best, bestEnsemble, bestLearned } from "./best.js";
import { matching, ranking } from "./comparing.js";
import { fullyConnected } from "./fully-connected.js";
import { lenet5 } from "./lenet-5.js";
import { mlp } from "./mlp.js";
import { oneByOne } from "./one-by-one.js";
import { type OwnArchitecture, ownArchitecture } from "./own.js";
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
  fullyConnected,
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

/** Those that `addArchitectures` added, by name. */
const added = new Map<string, Architecture>();

/** The networks that were added, in their order. */
export const ownArchitectures = (): Architecture[] => [...added.values()];

/** All that have a name of their own: the paper's, the further ones, and those that were added. */
export const namedArchitectures = (): Architecture[] => [
  ...architectures,
  ...furtherArchitectures,
  ...ownArchitectures(),
];

/**
 * Adds networks of your own: `findArchitecture` finds them from then on, and so does what takes an architecture's name. A network that is
 * added again under its name replaces the one before.
 *
 * @throws InvalidRequest where one is not right, or has the name of a network that pairlab has; then none is added
 */
export function addArchitectures(own: readonly OwnArchitecture[]): void {
  listOf(partly({}))(own, "architectures");
  const checked = [...own].map((each, i) => ownArchitecture(each, `architectures[${i}]`));
  for (const [i, { name }] of checked.entries()) {
    if ([...architectures, ...furtherArchitectures].some((each) => each.name === name) || isOfTrunk(name))
      throw new InvalidRequest(`architectures[${i}].name: pairlab has a network ${quoted(name)}: choose another name`);
    if (checked.findIndex((each) => each.name === name) < i)
      throw new InvalidRequest(`architectures[${i}].name: there are two networks ${quoted(name)}: rename one`);
  }
  for (const architecture of checked) added.set(architecture.name, architecture);
}

const isOfTrunk = (name: string): boolean => /^trunk(\+|$)/.test(name);

/** What an architecture is called: its title, or the name of one that is not known here, such as another project's or version's. */
export function architectureTitle(name: string): string {
  try {
    return findArchitecture(name).title;
  } catch (error) {
    if (error instanceof InvalidRequest) return name;
    throw error;
  }
}

/** The errors that the paper reports for an architecture; undefined of one that is not the paper's, or is not known here. */
export const paperResult = (name: string): PaperResult | undefined =>
  architectures.find((each) => each.name === name)?.paper;

/**
 * The architecture of that name: one of the paper's, of the further ones, of those that were added, or of the trunk family.
 *
 * @throws InvalidRequest where there is no such architecture; it gives the nearest name, and how names of the trunk family are made
 */
export function findArchitecture(name: string): Architecture {
  text(name, "an architecture's name");
  const named = namedArchitectures();
  const found = named.find((architecture) => architecture.name === name);
  if (found) return found;
  if (isOfTrunk(name)) return trunkFromName(name);
  const names = named.map((architecture) => architecture.name);
  const [, ...parts] = name.split("+");
  const ofTrunk = parts.length > 0 ? [["trunk", ...parts].join("+")] : [];
  const nearest = didYouMean(name, [...names, ...ofTrunk]);
  throw new InvalidRequest(
    `unknown architecture ${quoted(name)}${nearest || "."} There are ${names.join(", ")}; or a name is ${TRUNK_NAMES}`,
  );
}
