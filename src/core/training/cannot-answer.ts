import { asked } from "../data/relations.js";
import { answersSwapped } from "../network/swapping.js";
import { type Job, relationOf } from "./job.js";

/** What a job's network can be told before it is trained: that it cannot answer its question, in words that follow its name. */
export function cannotAnswer({ config }: Pick<Job, "config">): string | undefined {
  const { network, split } = config;
  const { head } = network;
  if (split === "classes" && (head.length === 0 || head.some(({ kind }) => kind === "ordinal")))
    return "decides by naming the classes of both images, and test pairs are of classes that it never sees: take a network that compares features, such as matching, or test it on the same classes (--split images)";
  const relation = relationOf(config);
  const swapped = answersSwapped(network);
  if (swapped === "same" && !relation.symmetric)
    return `gives the same answer when the two images are swapped, and the answer to "${asked(relation)}" depends on their order: take a network such as weight-sharing or ranking`;
  if (swapped === "opposite" && relation.symmetric)
    return `gives opposite answers when the two images are swapped, and the answer to "${asked(relation)}" does not depend on their order: take a network such as matching or weight-sharing`;
  return undefined;
}
