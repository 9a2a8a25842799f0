import type { StoredGroup } from "../../../core/runs/store-document.js";

/** Groups in whose architecture and differences every word of a text is found, in any case; all of them for an empty text. */
export function filterGroups<Group extends Pick<StoredGroup, "architecture" | "differs">>(
  groups: readonly Group[],
  text: string,
): readonly Group[] {
  const words = text.toLowerCase().split(/\s+/);
  return groups.filter(({ architecture, differs }) => {
    const said = [architecture, ...differs].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** The same text for the same group, whichever runs it has. */
export const keyOf = ({ architecture, config }: Pick<StoredGroup, "architecture" | "config">): string =>
  JSON.stringify([architecture, { ...config, dataset: config.dataset.sha256 }]);
