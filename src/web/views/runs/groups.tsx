import type { StoreDocument } from "../../../core/runs/store-document.js";
import { AT_ONCE, filter, most, sorting } from "./choices.js";
import { filterGroups } from "./filter.js";
import { GroupTable } from "./group-table.js";
import { sortGroups } from "./sorting.js";

/** Finished runs, grouped by everything except the seed, filtered by a text and sorted by the chosen column. */
export function Groups({ store: { folder, groups } }: { readonly store: StoreDocument }) {
  const shown = sortGroups(filterGroups(groups, filter.value), sorting.value);
  return (
    <section aria-labelledby="finished">
      <h2 id="finished">Finished</h2>
      {groups.length === 0 ? (
        <p>
          No run in {folder} is finished yet. In another terminal, <code>npx pairlab train quick --runs {folder}</code>{" "}
          trains one.
        </p>
      ) : (
        <>
          <div class="row">
            <label>
              <span>Filter by architecture or setting</span>
              <input
                type="search"
                value={filter.value}
                autocomplete="off"
                spellcheck={false}
                onInput={({ currentTarget }) => {
                  filter.value = currentTarget.value;
                }}
              />
            </label>
            <p role="status" class="faint">
              {inWords(groups, shown)}
            </p>
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
      )}
    </section>
  );
}

type Counted = StoreDocument["groups"];

/** "12 runs in 3 groups", or how many of them are shown. */
function inWords(all: Counted, shown: Counted): string {
  const counted = (groups: Counted, among: Counted) => {
    const runs = groups.reduce((sum, { n }) => sum + n, 0);
    const total = among.reduce((sum, { n }) => sum + n, 0);
    return `${runs}${among === groups ? "" : ` of ${total}`} ${total === 1 ? "run" : "runs"}`;
  };
  const groups = `${all.length} ${all.length === 1 ? "group" : "groups"}`;
  if (shown.length === all.length) return `${counted(all, all)} in ${groups}`;
  return shown.length === 0 ? `In none of ${groups}` : `${counted(shown, all)}, in ${shown.length} of ${groups}`;
}
