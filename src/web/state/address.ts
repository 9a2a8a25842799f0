import { signal } from "@preact/signals";
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
  /** The same, without being told of changes. */
  peek: (): Address => read.peek().address,
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
  if (after.view === before.view) history.replaceState(VISITED, "", hash);
  else {
    history.pushState(VISITED, "", hash);
    scrollTo(0, 0);
  }
}

/** The state of every entry of the history that was shown: one without it is new. */
const VISITED = { visited: true } as const;

/** The address of a link to another view. */
export const linkTo = (view: View): string => formatAddress({ ...address.value, view });

/** Another view begins at its top. Where the visitor goes back to one, the browser scrolls to where it was left. */
function turn({ state }: PopStateEvent): void {
  const { view } = read.peek().address;
  readAgain();
  if (state === null && read.peek().address.view !== view) scrollTo(0, 0);
  if (state === null) history.replaceState(VISITED, "");
}

/** Follows the address bar. */
export function followAddress(): void {
  history.replaceState(VISITED, "");
  addEventListener("hashchange", readAgain);
  addEventListener("popstate", turn);
}
