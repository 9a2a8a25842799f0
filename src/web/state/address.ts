import { effect, signal } from "@preact/signals";
import { type Address, formatAddress, type ReadAddress, readAddress, type View } from "../address/address.js";

const read = signal<ReadAddress>(readAddress(location.hash));

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

/** Changes the address. A change of view is a step that "back" undoes. */
export function changeAddress(changes: Partial<Address>): void {
  const before = read.value.address;
  const after = { ...before, ...changes };
  read.value = { address: after, problems: [] };
  const hash = formatAddress(after);
  if (after.view === before.view) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

/** The address of a link to another view. */
export const linkTo = (view: View): string => formatAddress({ ...address.value, view });

/** Follows the address bar. */
export function followAddress(): void {
  addEventListener("hashchange", () => {
    read.value = readAddress(location.hash);
  });
  addEventListener("popstate", () => {
    read.value = readAddress(location.hash);
  });
  effect(() => {
    document.title = `pairlab: ${read.value.address.view}`;
  });
}
