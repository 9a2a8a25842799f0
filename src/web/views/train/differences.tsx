import { useMemo } from "preact/hooks";
import { comparisonDivergences, comparisonTables } from "../../../core/experiments/compare/tables.js";
import { fewestRounds } from "../../../core/statistics/rounds-needed.js";
import { newComparison } from "../../state/summaries.js";
import type { Experiment } from "../../training/experiment.js";
import { TextTable } from "../../ui/text-table.js";
import { numberWord } from "./number-word.js";
import { networksOf, recordsOf } from "./records.js";

/** One round has no spread: nothing is said of its differences. */
const FEWEST_ROUNDS = 2;

/** After all runs: the differences between networks, and whether the rounds show them. Words come first. */
export function Differences({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const comparison = useMemo(newComparison, [experiment]);
  const networks = networksOf(experiment);
  const records = recordsOf(experiment.runs);
  const rounds = experiment.runs.length / networks.length;
  const [first] = experiment.runs;
  if (!first || networks.length < 2 || rounds < FEWEST_ROUNDS || records.length < experiment.runs.length) return null;
  comparison.ask("all", { networks, records, seed: first.job.seed });
  const found = comparison.value.value;
  const table = found && comparisonTables(found).at(-1);
  if (!table) return null;
  const { differences } = found;
  const fewest = fewestRounds(differences.length);
  const sentences = (
    <ul class="sentences">
      {comparisonDivergences(found).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {differences.map(({ a, b, sentence }) => (
        <li key={`${a} ${b}`}>{sentence}</li>
      ))}
    </ul>
  );
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">What differs</h2>
      {rounds < fewest ? (
        <p>
          {numberWord(rounds).replace(/^./, (letter) => letter.toUpperCase())} rounds demonstrate no difference:{" "}
          {differences.length > 1 && `over ${differences.length} comparisons `}that takes at least {numberWord(fewest)}.
        </p>
      ) : (
        sentences
      )}
      <details>
        <summary>{rounds < fewest ? "Each difference so far" : "The same as a table"}</summary>
        {rounds < fewest && sentences}
        <TextTable table={table} labelledBy="differences" />
        <p class="faint">
          By sign-flip tests of the rounds' differences
          {differences.length > 1 && `; corrected for ${differences.length} comparisons by Holm's method`}. A difference
          is demonstrated where its corrected p is at most 0.05.
        </p>
      </details>
    </section>
  );
}
