import { effect, signal } from "@preact/signals";
import { type Address, formatAddress, type ReadAddress, readAddress, type View } from "../address/address.js";
import { ownOf } from "../address/networks.js";
import { noteNetworks } from "./own-networks.js";

const read = signal<ReadAddress>(readAddress(location.hash));
noteNetworks();

/** The meaning of the page's address, which is the only place of the visitor's choices. */
export const address = {
  get value(): Address {
    return read.value.address;
  },
  /** The parts that were not understood. */
  get problems(): readonly string[] {
    return read.value.problems;
  },
};

/** Reads the address again: it may name networks that are known only now. */
export function readAgain(): void {
  read.value = readAddress(location.hash);
  noteNetworks();
}

type Changes = Partial<Omit<Address, "own">>;

/** Changes the address as the visitor chooses. A change of view is a step that "back" undoes. */
export const changeAddress = (changes: Changes): void => change(changes, []);

/** Changes it as the page has to, which the visitor did not see coming: what is wrong with a link is still said. */
export const completeAddress = (changes: Changes): void => change(changes, read.value.problems);

function change(changes: Changes, problems: readonly string[]): void {
  const before = read.value.address;
  const named = { ...before, ...changes };
  const after = { ...named, own: ownOf(named.networks) };
  read.value = { address: after, problems };
  const hash = formatAddress(after);
  if (after.view === before.view) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

/** The address of a link to another view. */
export const linkTo = (view: View): string => formatAddress({ ...address.value, view });

/** Follows the address bar. */
export function followAddress(): void {
  addEventListener("hashchange", readAgain);
  addEventListener("popstate", readAgain);
  effect(() => {
    document.title = `pairlab: ${read.value.address.view}`;
  });
}
