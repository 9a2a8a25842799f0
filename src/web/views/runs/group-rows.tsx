import { useId } from "preact/hooks";
import { constantInWords } from "../../../core/experiments/shared/constant-answer.js";
import { seedRanges } from "../../../core/runs/seeds.js";
import type { StoredGroup } from "../../../core/runs/store-document.js";
import { count, duration, localTime, meanAndSpread, percentInterval } from "../../../core/text/format.js";
import { networkTitle } from "../../ui/network-title.js";
import { Swatch } from "../../ui/swatch.js";
import { openGroups, ticked, toggle } from "./choices.js";
import { RunTable } from "./run-table.js";
import { medianSeconds } from "./sorting.js";

interface Properties {
  /** Its key among the open groups. */
  readonly name: string;
  readonly group: StoredGroup;
  readonly columns: number;
}

/** A group's row, and its runs below it if it is open. */
export function GroupRows({ name, group, columns }: Properties) {
  const id = useId();
  const open = openGroups.value.has(name);
  const { architecture, differs, n, diverged, constantRounds, seeds, testError, trainError, parameters, lastUsed } =
    group;
  const title = networkTitle(group);
  const words = [...(title === architecture ? [] : [architecture]), ...differs].join(", ");
  return (
    <tbody>
      <tr>
        <th scope="row">
          <input
            type="checkbox"
            class="tick"
            aria-label={`Compare ${[title, ...differs].join(", ")}`}
            checked={ticked.value.has(name)}
            onChange={() => toggle(ticked, name)}
          />
          <button
            type="button"
            class="open"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => toggle(openGroups, name)}
          >
            <span aria-hidden="true">{open ? "▾" : "▸"}</span> <Swatch network={architecture} />
            {title}
          </button>
          {words !== "" && <span class="differs">{words}</span>}
        </th>
        <td class="strong">
          {meanAndSpread(testError)}
          {constantRounds && <span class="lost">{constantInWords(constantRounds, n - (diverged ?? 0))}</span>}
        </td>
        <td>{percentInterval(testError.ci95)}</td>
        <td>
          {n}
          {diverged !== undefined && <span class="lost">{diverged} diverged</span>}
        </td>
        <td class="seeds">{seedRanges(seeds)}</td>
        <td>{meanAndSpread(trainError)}</td>
        <td>{count(parameters)}</td>
        <td>{duration(medianSeconds(group))}</td>
        <td>
          <time dateTime={lastUsed}>{localTime(Date.parse(lastUsed))}</time>
        </td>
      </tr>
      {open && (
        <tr id={id}>
          <td class="inside" colSpan={columns}>
            <div class="opened">
              <RunTable group={group} />
            </div>
          </td>
        </tr>
      )}
    </tbody>
  );
}
