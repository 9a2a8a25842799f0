import { findArchitecture } from "../../architectures/index.js";
import { fewestRounds } from "../../statistics/index.js";
import { FEWEST_FOR_MEAN } from "../../statistics/mean-interval.js";
import {
  ABSENT,
  bareP,
  count,
  percentInterval,
  plusMinus,
  points,
  signedPoints,
  signedPointsInterval,
} from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { isMnist } from "../../training/job.js";
import type { AllTestPairs } from "../shared/all-test-pairs.js";
import { ROUNDS_TO_CLAIM } from "../shared/claims.js";
import { CONSTANT_CAPTION, CONSTANT_COLUMN, constantCell } from "../shared/constant-answer.js";
import { captioned, divergedOf, divergedSentences, finishedOf } from "../shared/diverged.js";
import { besideFirst, generalSettings, intervalsCaption, intervalWords, theseOf } from "../shared/general-words.js";
import type { ConfiguredRun, Setting } from "../shared/method.js";
import { noBetterSentences } from "../shared/one-answer.js";
import { tuningTables } from "../shared/tuning-table.js";
import { overTunings, unitSettings, unitsIn } from "../shared/tunings.js";
import { type ArchitectureComparison, areOnAllTestPairs, type ComparedArchitecture } from "./comparison.js";
import type { Difference } from "./difference.js";
import { architectureOf, titleOf, titlesOf } from "./variants.js";

/** The architectures of a comparison, and their differences. */
export function comparisonTables(comparison: ArchitectureComparison): Table[] {
  const { rounds, tunings = 1, architectures, differences } = comparison;
  const error = errorsIn(comparison);
  const { evaluateOn: word = "test" } = comparison;
  const onAll = architectures.some(({ allTestPairs }) => allTestPairs);
  // Beside the errors on all test pairs there is no need to say how much few pairs vary.
  const sampling = onAll
    ? ""
    : ` Sampling: the deviation that a round's ${word} error has only from its number of pairs.`;
  const everyPair = onAll ? ` All test pairs: the same networks on ${allPairs(comparison)}.` : "";
  // Intervals are of what differences are made of.
  const ofAll = areOnAllTestPairs(architectures);
  const spreadOf = (row: ComparedArchitecture) => (ofAll ? row.allTestPairs : row);
  const generals = architectures.map((row) => besideFirst(spreadOf(row)?.testError.ci95, spreadOf(row)?.general));
  const words = intervalWords(comparison.dataset, generals);
  const apart = differences.map(({ ci95, general }) => besideFirst(ci95, general));
  const apartWords = intervalWords(comparison.dataset, apart);
  const titles = titlesOf(architectures);
  const diverged = architectures.some((row) => row.diverged);
  const constant = architectures.some((row) => row.constantRounds);
  const counted = diverged || !words.inGeneral;
  const [first] = architectures;
  const ofOne = architectures.every((row) => row.settings && row.architecture === first?.architecture);
  const all = first && ofOne ? ` All are ${findArchitecture(architectureOf(first)).title}, with changed settings.` : "";
  return [
    {
      title: ofOne ? "Variants" : "Architectures",
      caption: captioned(
        `${spreadOver(rounds)}${overTunings(comparison)}${all}${sampling}${everyPair}${intervalsCaption(rounds, ofAll ? "the mean on all test pairs" : "the mean", comparison.dataset, generals)}${constant ? ` ${CONSTANT_CAPTION}` : ""}`,
        architectures,
      ),
      columns: [
        ...["", "Parameters", error],
        ...(diverged ? ["Diverged"] : []),
        ...(constant ? [CONSTANT_COLUMN] : []),
        ...[onAll ? "All test pairs" : "Sampling", ...words.columns, ...(counted ? ["n"] : [])],
      ],
      rows: architectures.map((row) => {
        const { parameters, testError, samplingSd, allTestPairs, runs } = row;
        return [
          titleOf(row),
          count(parameters),
          plusMinus(testError.mean, testError.sd),
          ...(diverged ? [divergedOf(runs) || ABSENT] : []),
          ...(constant ? [constantCell(runs) || ABSENT] : []),
          onAll ? errorOf(allTestPairs) : points(samplingSd),
          percentInterval(spreadOf(row)?.testError.ci95 ?? null),
          ...(words.inGeneral ? [percentInterval(spreadOf(row)?.general?.ci95 ?? null)] : []),
          ...(counted ? [String(finishedOf(runs).length)] : []),
        ];
      }),
    },
    {
      title: "Differences",
      caption: `${error} of A minus that of B in percentage points, over the rounds that they share${tunings > 1 ? `, ${unitsIn(comparison).words}` : ""}, each with ${onPairs(comparison)}: below zero, A is better. ${bracketsHold(comparison)}${apartWords.inGeneral ? ` p and the first brackets are about ${theseOf(apartWords.of)}.` : ""}${diverged ? " Where a round diverged, there is no interval and no p, and the difference is over the rounds that both finished." : ""}`,
      columns: [
        ...["A", "B", "A − B, points", ...(apartWords.inGeneral ? [apartWords.inGeneral] : [])],
        ...["p", "p corrected", "P(A beats B)"],
      ],
      rows: differences.map((difference) => rowOf(difference, titles, apartWords.inGeneral !== undefined)),
    },
    ...tuningTables(
      differences.map(({ a, b, variance }) => ({ title: `${titles(a)} − ${titles(b)}`, variance })),
      comparison,
      "difference",
    ),
  ];
}

const errorOf = (measured: AllTestPairs | undefined): string =>
  measured ? plusMinus(measured.testError.mean, measured.testError.sd) : ABSENT;
const bracketsHold = ({ until, ...rounds }: ArchitectureComparison): string =>
  until
    ? "Rounds were added until it was decided what differs. Brackets hold 95% intervals that allow for it, each for its own pair: without zero exactly where p is at most 0.05."
    : unitsIn(rounds).count < fewestRounds()
      ? `No interval: fewer than ${fewestRounds()} ${unitsIn(rounds).one}s bound no difference.`
      : "Brackets hold 95% intervals, each for its own pair: without zero exactly where p is at most 0.05.";

/** What networks are measured on beside a round's own pairs. */
function allPairs(comparison: ArchitectureComparison): string {
  const { dataset, architectures } = comparison;
  if (isMnist(dataset)) return "every disjoint pair of the test images";
  const pairs = count(architectures.find(({ allTestPairs }) => allTestPairs)?.allTestPairs?.pairs ?? 0);
  return isListed(comparison)
    ? `all ${pairs} test pairs of the list`
    : `all ${pairs} pairs that a seed makes of the test images, no image twice`;
}

const isListed = ({ relation }: Pick<ArchitectureComparison, "relation">): boolean =>
  relation?.startsWith("listed-") ?? false;

const spreadOver = (rounds: number): string =>
  rounds === 1
    ? "One round, which has no spread."
    : rounds < FEWEST_FOR_MEAN
      ? `Mean ± standard deviation over ${rounds} rounds, too few for an interval of the mean.`
      : `Mean ± standard deviation over ${rounds} rounds.`;

/** "all 5,000 test pairs that it makes", "its own 1,000 test pairs". */
function onPairs({ architectures, differencePairs, evaluateOn }: ArchitectureComparison): string {
  const pairs = `${count(differencePairs)} ${evaluateOn ?? "test"} pairs`;
  return areOnAllTestPairs(architectures) ? `all its ${pairs}` : `its ${pairs}`;
}

function rowOf(
  { a, b, mean, ci95, general, p, pHolm, probabilityOfSuperiority: superiority }: Difference,
  titles: (name: string) => string,
  inGeneral: boolean,
): string[] {
  return [
    titles(a),
    titles(b),
    Number.isNaN(mean) ? ABSENT : signedPoints(mean, ci95),
    ...(inGeneral ? [general?.ci95 ? signedPointsInterval(mean, general.ci95) : ABSENT] : []),
    bareP(p),
    bareP(pHolm),
    superiority
      ? `${superiority.value.toFixed(2)} [${superiority.ci95.map((end) => end.toFixed(2)).join(", ")}]`
      : ABSENT,
  ];
}

/** Which rounds of which architectures diverged, a sentence each. */
export const comparisonDivergences = ({ architectures }: ArchitectureComparison): string[] =>
  divergedSentences(architectures.map((row) => ({ title: titleOf(row), runs: row.runs })));

/** Which networks say the same to every pair, or do no better than that, a sentence for each kind. */
export const noBetterThanOneAnswer = ({ architectures, seed, evaluateOn }: ArchitectureComparison): string[] =>
  noBetterSentences(
    architectures.map((row) => ({ title: titleOf(row), runs: row.runs })),
    seed,
    evaluateOn,
  );

/** What a report says of the plan that was sealed before; nothing without one. */
export const plannedSettings = ({
  sealedPlan,
  until,
}: Pick<ArchitectureComparison, "until"> & { readonly sealedPlan?: { readonly sha256: string } }): Setting[] =>
  sealedPlan
    ? [
        {
          name: "Sealed plan",
          value: `networks, settings, seeds, comparisons and ${until ? "the rule that stops the rounds" : "the number of rounds"} as in the plan of SHA-256 ${sealedPlan.sha256}, which was made before training if that hash was published before`,
        },
      ]
    : [];

/**
 * How a comparison's numbers are made.
 *
 * @param runs  at least one run of each row, for how their pairs are drawn
 */
export function comparisonMethods(comparison: ArchitectureComparison, runs: readonly ConfiguredRun[] = []): Setting[] {
  const dealt = runs.some(({ config }) => config.split === "classes");
  const { differences, architectures, baseline, evaluateOn = "test" } = comparison;
  const { count: units, one } = unitsIn(comparison);
  const variants = architectures.filter(({ settings }) => settings);
  const pairs = differences.length;
  const all = architectures.find(({ allTestPairs }) => allTestPairs)?.allTestPairs?.pairs;
  return [
    ...(variants.length > 0
      ? [{ name: "Variants", value: variants.map((variant) => `${titleOf(variant)}: ${variant.name}`).join("; ") }]
      : []),
    {
      name: "Sampling",
      value: `the standard deviation of an error p on n pairs that are drawn by chance, √(p(1 − p)/n), for a round's own ${evaluateOn} pairs; a part of the deviation over rounds`,
    },
    ...(all === undefined
      ? []
      : [
          {
            name: "All test pairs",
            value: `each round's networks on ${isListed(comparison) ? allPairs(comparison) : `all ${count(all)} pairs that its seed makes of the test images, no image twice`}; its own test pairs are the first of them. ${dealt ? "Each seed deals the classes out anew, so rounds share only a part of the images" : `All rounds share these ${isListed(comparison) ? "pairs" : "images"}`}`,
          },
        ]),
    {
      name: "Difference",
      value: `${evaluateOn} error of A minus that of B in the same round, which gives both the same pairs: ${onPairs(comparison)}; its 95% interval holds all values that the test below does not reject`,
    },
    ...generalSettings(architectures.map(({ general }) => general)),
    ...unitSettings(comparison),
    {
      name: "Test",
      value: comparison.until
        ? untilInWords(comparison)
        : `two-sided sign-flip permutation test of the ${one}s' ${one === "round" ? "" : "mean "}differences: if neither were better, each could just as well have the other sign; ${assignments(units, differences.find(({ exact }) => exact !== null)?.exact)}`,
    },
    {
      name: "Correction",
      value: `${pairs === 1 ? "none: one pair is compared" : `Holm's, over ${pairs} pairs${baseline === undefined ? "" : `, each of ${titlesOf(architectures)(baseline)} with another`}`}; a difference is shown where the corrected p is at most 5%`,
    },
    {
      name: "P(A beats B)",
      value: `probability of superiority: the share of ${one}s in which A has the lower ${evaluateOn} error, equal ones counted half; its interval is Wilson's`,
    },
    {
      name: "How many rounds",
      value: comparison.until
        ? `rounds were added, and looked at each time, until each difference was shown${comparison.until.margin === undefined ? "" : " or shown to be below the margin"}, or there were as many as allowed`
        : `a difference of the size and spread at the far end of the interval would be shown by that number in four of five repetitions; with fewer than ${ROUNDS_TO_CLAIM}, a difference that is shown is exploratory and not yet a claim`,
    },
  ];
}

function untilInWords({ until }: Pick<ArchitectureComparison, "until">): string {
  const test =
    "an e-process under symmetry of signs, whose p may be looked at after every round: if neither were better, the chance that it ever falls to 5% is at most 5%";
  return until?.margin === undefined
    ? test
    : `${test}; equivalence: two one-sided processes at ${points(until.margin).replace(" pt", " points")} on either side of zero`;
}

function assignments(rounds: number, exact: boolean | null | undefined): string {
  if (exact) return `all ${count(2 ** rounds)} assignments of signs were counted`;
  if (exact === false) return "99,999 assignments of signs were drawn";
  return rounds === 1 ? "one round tests nothing" : "no test was made, because rounds diverged";
}

/** "Test error", or "Validation error". */
export const errorsIn = ({ evaluateOn }: Pick<ArchitectureComparison, "evaluateOn">): string =>
  evaluateOn === "validation" ? "Validation error" : "Test error";
