import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { IdealDecisions } from "../../../core/index.js";
import { type ClassNamer, MOST_IN_TABLE } from "../../images/seen.js";
import { ClassTable } from "./class-table.js";
import { WorstTable } from "./worst-table.js";

interface Properties {
  readonly ideal: IdealDecisions;
  readonly relation: NamedRelation;
  readonly nameOf: ClassNamer;
  readonly isDigits: boolean;
}

/** The head's decisions on each pair of ideal digits, or of ideal images of other classes. */
export function Ideal({ ideal, relation, nameOf, isDigits }: Properties) {
  const { probabilities, holds, classCount } = ideal;
  const wrong = Array.from(
    holds,
    (held, i) => Boolean(held) !== relation.holds(Math.floor(i / classCount), i % classCount),
  );
  // A sign that ends in a number would run into the probability.
  const said = (held: boolean) => (relation.claim ? (held ? "yes" : "no") : held ? relation.sign : relation.not);
  const errors = wrong.filter(Boolean).length;
  const [thing, kind] = isDigits ? ["digit", "digit"] : ["image", "class"];
  return (
    <section aria-labelledby="ideal">
      <h2 id="ideal">What it decides of ideal {thing}s</h2>
      <p>
        An ideal {thing} is the mean of what the head sees of the training images of {isDigits ? "that" : "a"} {kind}:
        of the trunk's outputs, or of the images where the head sees those. Each{" "}
        {classCount <= MOST_IN_TABLE ? "cell" : "row"} shows what the network decides of a pair of them, with P(
        {claimed(relation, "first", "second", true)}).{" "}
        {errors === 0 ? `All ${wrong.length} are right.` : `${errors} of ${wrong.length} are wrong.`}
      </p>
      {classCount <= MOST_IN_TABLE ? (
        <ClassTable
          labelledBy="ideal"
          classCount={classCount}
          nameOf={nameOf}
          rows="first"
          columns="second"
          cell={(row, column) => {
            const at = classCount * row + column;
            const probability = probabilities[at] as number;
            return {
              text: `${said(holds[at] === 1)} ${probability.toFixed(2)}${wrong[at] ? " ✗" : ""}`,
              shade: wrong[at] ? 1 : 0,
              ...(holds[at] && { kind: "holds" }),
            };
          }}
        />
      ) : (
        errors > 0 && (
          <WorstTable
            labelledBy="ideal"
            headings={["first", "second", "decides", "P"]}
            rows={worstOf(ideal, wrong).map((at) => [
              ...[nameOf(Math.floor(at / classCount)), nameOf(at % classCount)],
              `${said(holds[at] === 1)} ✗`,
              (probabilities[at] as number).toFixed(2),
            ])}
          />
        )
      )}
    </section>
  );
}

/** The wrong decisions of which the network is surest. */
function worstOf({ probabilities, holds }: IdealDecisions, wrong: readonly boolean[]): number[] {
  const sureness = (at: number) => {
    const probability = probabilities[at] as number;
    return holds[at] ? probability : 1 - probability;
  };
  return wrong
    .flatMap((isWrong, at) => (isWrong ? [at] : []))
    .sort((a, b) => sureness(b) - sureness(a) || a - b)
    .slice(0, MOST_IN_TABLE);
}
