import { architectures, furtherArchitectures, trunkArchitectures } from "../architectures/index.js";
import type { RunGroup } from "./groups.js";

const PLACES = new Map(
  [...architectures, ...trunkArchitectures, ...furtherArchitectures].map(({ name }, place) => [name, place]),
);

/** Groups by architecture: the paper's, the trunk family, the further ones, others by name. Within each, the last used first. */
export function inOrder<Group extends RunGroup>(groups: readonly Group[], used: ReadonlyMap<string, number>): Group[] {
  const timed = groups.map((group) => ({ group, time: lastOf(group, used).time }));
  return timed
    .sort(({ group: a, time: first }, { group: b, time: second }) => {
      const places = placeOf(a) - placeOf(b);
      if (places !== 0) return places;
      if (a.architecture !== b.architecture) return a.architecture < b.architecture ? -1 : 1;
      return second - first;
    })
    .map(({ group }) => group);
}

const placeOf = ({ architecture }: RunGroup): number => PLACES.get(architecture) ?? PLACES.size;

/** The run of a group that was used last. */
export function lastOf({ records }: RunGroup, used: ReadonlyMap<string, number>): { id: string; time: number } {
  let last = { id: "", time: Number.NEGATIVE_INFINITY };
  for (const { id } of records) {
    const time = used.get(id) ?? 0;
    if (time > last.time) last = { id, time };
  }
  return last;
}
