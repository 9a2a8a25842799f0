import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { IdealDecisions } from "../../../core/index.js";
import { DigitTable } from "./digit-table.js";

interface Properties {
  readonly ideal: IdealDecisions;
  readonly relation: NamedRelation;
}

/** The head's decisions on each pair of ideal digits. */
export function Ideal({ ideal, relation }: Properties) {
  const { probabilities, holds, classCount } = ideal;
  const at = (row: number, column: number) => classCount * row + column;
  const wrong = Array.from(
    holds,
    (held, i) => Boolean(held) !== relation.holds(Math.floor(i / classCount), i % classCount),
  );
  // A sign that ends in a number would run into the probability.
  const said = (held: boolean) => (relation.claim ? (held ? "yes" : "no") : held ? relation.sign : relation.not);
  const errors = wrong.filter(Boolean).length;
  return (
    <section aria-labelledby="ideal">
      <h2 id="ideal">What it decides of ideal digits</h2>
      <p>
        An ideal digit is the mean of what the head sees of the training images of that digit: of the trunk's outputs,
        or of the images where the head sees those. Each cell shows what the network decides of a pair of them, with P(
        {claimed(relation, "first", "second", true)}).{" "}
        {errors === 0 ? "All 100 are right." : `${errors} of 100 are wrong.`}
      </p>
      <DigitTable
        labelledBy="ideal"
        rows="first"
        columns="second"
        cell={(row, column) => {
          const probability = probabilities[at(row, column)] as number;
          const isWrong = wrong[at(row, column)] === true;
          return {
            text: `${said(holds[at(row, column)] === 1)} ${probability.toFixed(2)}${isWrong ? " ✗" : ""}`,
            shade: isWrong ? 1 : 0,
            ...(holds[at(row, column)] && { kind: "holds" }),
          };
        }}
      />
    </section>
  );
}
