import type { StoredGroup } from "../../../core/runs/store-document.js";
import { sorting } from "./choices.js";
import { keyOf } from "./filter.js";
import { GroupRows } from "./group-rows.js";
import { nextSorting, type SortKey } from "./sorting.js";

/** The columns. Those with a key can be sorted by it. */
const COLUMNS: readonly { readonly title: string; readonly key?: SortKey }[] = [
  { title: "Network, what differs", key: "architecture" },
  { title: "Test error", key: "testError" },
  { title: "95% interval" },
  { title: "n", key: "n" },
  { title: "Seeds" },
  { title: "Train error", key: "trainError" },
  { title: "Parameters", key: "parameters" },
  { title: "Time of a run", key: "seconds" },
  { title: "Last used", key: "lastUsed" },
];

const ARROWS = { unsorted: "↕", ascending: "↑", descending: "↓" } as const;

/** A row for each group. It opens to show its runs. */
export function GroupTable({ groups }: { readonly groups: readonly StoredGroup[] }) {
  return (
    <div class="scroll groups">
      <table>
        <caption>
          <span class="still">
            Mean ± standard deviation over n runs, after the last epoch, of those that did not diverge; the 95% interval
            of the mean is Student's, of three runs or more. A row names the settings that differ from the
            architecture's own.
          </span>
        </caption>
        <thead>
          <tr>
            {COLUMNS.map(({ title, key }) =>
              key ? <Sorted key={key} title={title} by={key} /> : <Plain key={title} title={title} />,
            )}
          </tr>
        </thead>
        {groups.map((group) => {
          const key = keyOf(group);
          return <GroupRows key={key} name={key} group={group} columns={COLUMNS.length} />;
        })}
      </table>
    </div>
  );
}

const Plain = ({ title }: { readonly title: string }) => (
  <th scope="col">
    <span class="sort">{title}</span>
  </th>
);

function Sorted({ title, by }: { readonly title: string; readonly by: SortKey }) {
  const { key, descending } = sorting.value;
  const now = key === by ? (descending ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" aria-sort={now}>
      <button
        type="button"
        class="sort"
        onClick={() => {
          sorting.value = nextSorting(sorting.peek(), by);
        }}
      >
        {title}
        <span class="direction" aria-hidden="true">
          {/* Not on a line of its own. */}
          {`\u00a0${ARROWS[now ?? "unsorted"]}`}
        </span>
      </button>
    </th>
  );
}
