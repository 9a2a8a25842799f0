import { computed, signal } from "@preact/signals";
import { type Architecture, type OwnArchitecture, ownArchitectures } from "../../core/index.js";
import { addNetworks, written } from "../address/networks.js";

const known = signal<readonly Architecture[]>([]);

/** The networks of one's own that the page knows: its site's, those that addresses held, and those that were typed. */
export const ownNetworks = computed(() => known.value);

/** After networks were added. */
export function noteNetworks(): void {
  known.value = ownArchitectures();
}

/** What was typed as networks. It stays while other views are shown. */
export const draft = signal("");

/** Those of the site's project. */
const ofSite = signal<readonly OwnArchitecture[]>([]);

/**
 * Adds the networks of the site's project.
 *
 * @throws InvalidRequest where one is not right; then none is added
 */
export function addSiteNetworks(given: readonly OwnArchitecture[]): void {
  addNetworks(given);
  ofSite.value = given;
  noteNetworks();
}

/** The site's networks in whose place the page has others of the same names. */
export const replaced = computed((): readonly OwnArchitecture[] =>
  ofSite.value.filter((each) => {
    const now = known.value.find(({ name }) => name === each.name);
    return now !== undefined && JSON.stringify(written(now)) !== JSON.stringify(written(each));
  }),
);
