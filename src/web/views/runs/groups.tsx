import type { ComponentChildren } from "preact";
import type { StoredGroup } from "../../../core/runs/store-document.js";
import { AT_ONCE, type ListChoices, sorting, ticked } from "./choices.js";
import { filterGroups } from "./filter.js";
import { GroupTable } from "./group-table.js";
import { SIDE_BY_SIDE } from "./side-by-side-id.js";
import { sortGroups } from "./sorting.js";

interface Properties {
  /** Of its heading, which names it. */
  readonly labelledBy: string;
  readonly groups: readonly StoredGroup[];
  readonly choices: ListChoices;
  /** In place of a list without groups. */
  readonly children: ComponentChildren;
}

/** Finished runs, grouped by everything except the seed, filtered by a text and sorted by the chosen column. */
export function Groups({ labelledBy, groups, choices: { filter, most }, children }: Properties) {
  if (groups.length === 0) return children;
  const shown = sortGroups(filterGroups(groups, filter.value), sorting.value);
  return (
    <>
      <div class="row">
        <label>
          <span>Filter by network or setting</span>
          <input
            type="search"
            value={filter.value}
            autocomplete="off"
            spellcheck={false}
            aria-describedby={labelledBy}
            onInput={({ currentTarget }) => {
              filter.value = currentTarget.value;
            }}
          />
        </label>
        <p role="status" class="faint">
          {inWords(groups, shown)}
        </p>
        <Ticked />
      </div>
      {shown.length > 0 && <GroupTable groups={shown.slice(0, most.value)} />}
      {shown.length > most.value && (
        <button
          type="button"
          onClick={() => {
            most.value += AT_ONCE;
          }}
        >
          More of {shown.length} groups
        </button>
      )}
    </>
  );
}

/** The way to what is made of ticked groups, which stands below all lists. */
function Ticked() {
  const { size } = ticked.value;
  if (size < 2)
    return <p class="faint">{size === 0 ? "Tick two groups to compare them." : "1 ticked: tick another."}</p>;
  const go = () => {
    const heading = document.getElementById(SIDE_BY_SIDE);
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  };
  return (
    <>
      <button type="button" class="main" onClick={go}>
        See the {size} ticked side by side
      </button>
      <button
        type="button"
        class="link"
        onClick={() => {
          ticked.value = new Set();
        }}
      >
        Untick all
      </button>
    </>
  );
}

/** "12 runs in 3 groups", or how many of them are shown. */
function inWords(all: readonly StoredGroup[], shown: readonly StoredGroup[]): string {
  const counted = (groups: readonly StoredGroup[], among: readonly StoredGroup[]) => {
    const runs = groups.reduce((sum, { n }) => sum + n, 0);
    const total = among.reduce((sum, { n }) => sum + n, 0);
    return `${runs}${among === groups ? "" : ` of ${total}`} ${total === 1 ? "run" : "runs"}`;
  };
  const groups = `${all.length} ${all.length === 1 ? "group" : "groups"}`;
  if (shown.length === all.length) return `${counted(all, all)} in ${groups}`;
  return shown.length === 0 ? `In none of ${groups}` : `${counted(shown, all)}, in ${shown.length} of ${groups}`;
}
