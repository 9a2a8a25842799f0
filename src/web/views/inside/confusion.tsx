import { type ClassNamer, MOST_IN_TABLE } from "../../images/seen.js";
import { ClassTable } from "./class-table.js";
import { WorstTable } from "./worst-table.js";

interface Properties {
  /** [class, likeliest class]. */
  readonly counts: Uint32Array;
  readonly nameOf: ClassNamer;
  readonly isDigits: boolean;
}

/** The classes that a network confuses, over both images of all test pairs. */
export function Confusion({ counts, nameOf, isDigits }: Properties) {
  const classCount = Math.round(Math.sqrt(counts.length));
  const isRight = (at: number) => Math.floor(at / classCount) === at % classCount;
  const all = counts.reduce((sum, count) => sum + count, 0);
  const wrong = counts.reduce((sum, count, at) => (isRight(at) ? sum : sum + count), 0);
  return (
    <section aria-labelledby="confusion">
      <h2 id="confusion">Which {isDigits ? "digits" : "classes"} it confuses</h2>
      <p>
        It gets the {isDigits ? "digit" : "class"} wrong on {wrong} of {all} test images.
      </p>
      {classCount <= MOST_IN_TABLE ? (
        <Whole counts={counts} classCount={classCount} nameOf={nameOf} />
      ) : (
        wrong > 0 && <Worst counts={counts} classCount={classCount} nameOf={nameOf} />
      )}
    </section>
  );
}

type Counted = Pick<Properties, "counts" | "nameOf"> & { readonly classCount: number };

function Whole({ counts, classCount, nameOf }: Counted) {
  const most = counts.reduce((max, count, at) => (at % (classCount + 1) === 0 ? max : Math.max(max, count)), 1);
  return (
    <ClassTable
      labelledBy="confusion"
      classCount={classCount}
      nameOf={nameOf}
      rows="is"
      columns="named"
      cell={(row, column) => {
        const count = counts[classCount * row + column] as number;
        return {
          text: count === 0 ? "" : String(count),
          shade: row === column ? 0 : count / most,
          ...(row === column && { kind: "diagonal" }),
        };
      }}
    />
  );
}

/** The most frequent mistakes, each with how many images of that class there are. */
function Worst({ counts, classCount, nameOf }: Counted) {
  const ofClass = (row: number) =>
    counts.subarray(row * classCount, (row + 1) * classCount).reduce((sum, count) => sum + count, 0);
  const mistakes = Array.from(counts, (count, at) => ({ count, at }))
    .filter(({ count, at }) => count > 0 && at % (classCount + 1) !== 0)
    .sort((a, b) => b.count - a.count || a.at - b.at);
  return (
    <>
      {mistakes.length > MOST_IN_TABLE && (
        <p class="faint">
          Of {mistakes.length} kinds of mistakes, the {MOST_IN_TABLE} most frequent.
        </p>
      )}
      <WorstTable
        labelledBy="confusion"
        headings={["is", "named", "images", "of"]}
        rows={mistakes.slice(0, MOST_IN_TABLE).map(({ count, at }) => {
          const row = Math.floor(at / classCount);
          return [nameOf(row), nameOf(at % classCount), String(count), String(ofClass(row))];
        })}
      />
    </>
  );
}
