import { effect, signal } from "@preact/signals";
import { type Address, formatAddress, type ReadAddress, readAddress, type View } from "../address/address.js";

const read = signal<ReadAddress>(readAddress(location.hash));

/** What the page's address says: the one place where the choices of its visitor are. */
export const address = {
  get value(): Address {
    return read.value.address;
  },
  /** What of it was not understood. */
  get problems(): readonly string[] {
    return read.value.problems;
  },
};

/** Changes the address; another view is a step that "back" undoes. */
export function changeAddress(changes: Partial<Address>): void {
  const before = read.value.address;
  const after = { ...before, ...changes };
  read.value = { address: after, problems: [] };
  const hash = formatAddress(after);
  if (after.view === before.view) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

/** Where a link to another view leads. */
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
