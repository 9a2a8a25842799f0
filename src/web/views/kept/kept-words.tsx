import { count, nounFor } from "../../../core/text/format.js";
import { type Keeping, keeping, ownRuns } from "../../state/kept.js";

const MEGABYTE = 1e6;

/** What the browser keeps, and how much that is: "37 runs, 4.2 MB, kept in this browser." */
export function KeptWords() {
  const now = keeping.value;
  const runs = [...ownRuns.value.values()];
  const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
  return (
    <p class="faint kept-words">
      {inWords(now, runs.length, bytes)}
      {now.state === "keeps" && now.dropped > 0 && (
        <span role="status">
          {" "}
          {now.dropped === 1
            ? "1 that was damaged has been dropped: its settings train it again."
            : `${count(now.dropped)} that were damaged have been dropped: their settings train them again.`}
        </span>
      )}
    </p>
  );
}

function inWords(now: Keeping, runs: number, bytes: number): string {
  if (now.state === "reading") return "";
  if (now.state === "refuses")
    return `Nothing that is trained is kept: a reload loses it. This browser says: ${now.why}.`;
  if (runs === 0) return "Finished runs are kept in this browser, and nowhere else: a reload loses none.";
  return `${count(runs)} ${nounFor(runs, "run")}, ${(bytes / MEGABYTE).toFixed(1)} MB, kept in this browser. They are sent nowhere.`;
}
