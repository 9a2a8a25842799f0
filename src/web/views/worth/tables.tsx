import { TextTable } from "../../ui/text-table.js";
import { errorsTable, factorsTable } from "./study-tables.js";

/** All numbers of the chart, as text. */
export function StudyTables() {
  return (
    <details class="study-tables">
      <summary>The numbers</summary>
      <h3 id="study-errors">Test errors</h3>
      <TextTable table={errorsTable()} labelledBy="study-errors" />
      <h3 id="study-factors">How many times as many pairs it takes without the hint</h3>
      <TextTable table={factorsTable()} labelledBy="study-factors" />
    </details>
  );
}
