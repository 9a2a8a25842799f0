import { architectureTitle } from "../../../core/architectures/registry.js";
import type { StoredGroup } from "../../../core/runs/store-document.js";

/** The groups whose network, by its title or its name, and differences contain every word of a text, in upper or lower case. */
export function filterGroups<Group extends Pick<StoredGroup, "architecture" | "differs">>(
  groups: readonly Group[],
  text: string,
): readonly Group[] {
  const words = text.toLowerCase().split(/\s+/);
  return groups.filter(({ architecture, differs }) => {
    const said = [architectureTitle(architecture), architecture, ...differs].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** A group's key. It does not depend on the group's runs. */
export const keyOf = ({ architecture, config }: Pick<StoredGroup, "architecture" | "config">): string =>
  JSON.stringify([architecture, { ...config, dataset: config.dataset.sha256 }]);
