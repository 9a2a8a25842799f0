import { findArchitecture } from "../../architectures/index.js";
import { PAPER_CURVES, PAPER_NETWORKS } from "../../architectures/registry.js";
import { fewestRounds } from "../../statistics/index.js";
import { listed, percent, pointsWithInterval, printedDigits } from "../../text/format.js";
import type { RunRecord } from "../../training/index.js";
import { differencesFromPaper } from "../reproduce/beside-paper.js";
import { summarizeReproduction } from "../reproduce/reproduction.js";
import { exploring, isShown, statedInterval } from "../shared/claims.js";
import { divergedBriefly } from "../shared/diverged.js";
import { asksAsPaper, isPapers } from "../shared/question.js";
import { type ArchitectureComparison, areOnAllTestPairs, type ComparedArchitecture } from "./comparison.js";
import type { Difference } from "./difference.js";
import { type Evidence, PAPER_CLAIMS, type PaperClaim } from "./paper-claims.js";
import { type Rise, riseInWords, testRises } from "./rising-loss.js";
import { atLeast, testInBrief } from "./sentence.js";

/** Whether a conclusion of the paper holds in our rounds. One round tests nothing; nothing is tested if some rounds diverged. */
export interface Conclusion {
  /** The paper's. */
  readonly claim: string;
  readonly verdict: "confirmed" | "not confirmed" | "not tested";
  /** What the verdict rests on: differences of errors are fractions, rises of losses are nats. */
  readonly tests: readonly (
    | Pick<Difference, "a" | "b" | "mean" | "diverged" | "sd" | "ci95" | "simultaneousCi95" | "p" | "pHolm" | "exact">
    | Rise
  )[];
  /** Claim, verdict and numbers, in plain English. */
  readonly sentence: string;
}

/** What a comparison says of the paper. */
export interface PaperConclusions {
  readonly conclusions: readonly Conclusion[];
  /** Where the paper's numbers and ours agree and differ, in sentences; none where pairs are not the paper's. */
  readonly numbers: readonly string[];
}

/**
 * Which of the paper's conclusions hold in a comparison of all five of its architectures, and where its numbers and ours
 * differ. Undefined where one of the five was not compared with no settings of its own, errors are not those on test pairs, not
 * every pair was compared, or networks were asked something else.
 */
export function paperConclusions(
  comparison: ArchitectureComparison,
  records: readonly RunRecord[],
): PaperConclusions | undefined {
  const plain = comparison.architectures.filter(({ name }) => PAPER_NETWORKS.includes(name));
  const { evaluateOn, baseline } = comparison;
  if (plain.length < PAPER_NETWORKS.length || evaluateOn === "validation" || baseline !== undefined) return undefined;
  const ids = new Set(plain.flatMap(({ runs }) => runs.map(({ id }) => id)));
  const ours = records.filter(({ id }) => ids.has(id));
  if (!ours.every(({ config }) => isPapers(config.relation))) return undefined;
  return {
    conclusions: [...PAPER_CLAIMS.map((claim) => judge(claim, comparison)), judgeLosses(comparison, ours)],
    numbers: ours.every(({ config }) => asksAsPaper(config))
      ? [
          ...differencesFromPaper(summarizeReproduction(PAPER_NETWORKS, ours, comparison), ours),
          ...reversals(comparison),
        ]
      : [],
  };
}

function judge(claim: PaperClaim, comparison: ArchitectureComparison): Conclusion {
  const { rounds, differences } = comparison;
  const evidence = evidenceOf(claim.better, claim.than, comparison);
  const { better, than, difference } = evidence;
  const { a, b, mean, diverged, sd, ci95, simultaneousCi95, p, pHolm, exact } = difference;
  const lost = divergedBriefly(...[better, than].map(({ name, runs }) => ({ title: titleOf(name), runs })));
  const tested = { rounds, comparisons: differences.length };
  if (lost)
    return {
      claim: claim.claim,
      verdict: "not tested",
      tests: [{ a, b, mean, ...(diverged && { diverged }), sd, ci95, simultaneousCi95, p, pHolm, exact }],
      sentence: `${claim.claim}: not tested, because ${lost}.`,
    };
  const numbers = [
    `${titleOf(better.name)} ${percent(evidence.errors.better)}, ${titleOf(than.name)} ${percent(evidence.errors.than)}: ${pointsWithInterval(mean, statedInterval(difference))} ${mean > 0 ? "higher" : "lower"}`,
    pHolm === null ? "" : ` (${testInBrief(pHolm, tested)})`,
    `${claim.also(evidence)}.`,
  ].join("");
  const failures = pHolm === null ? [] : [...unshown(difference, tested), ...claim.failures(evidence)];
  const verdict = pHolm === null ? "not tested" : failures.length > 0 ? "not confirmed" : "confirmed";
  return {
    claim: claim.claim,
    verdict,
    tests: [{ a, b, mean, sd, ci95, simultaneousCi95, p, pHolm, exact }],
    sentence: inWords(claim.claim, verdict, [numbers, ...failures], rounds),
  };
}

function unshown(
  { mean, pHolm }: Pick<Difference, "mean" | "pHolm">,
  { rounds, comparisons }: { readonly rounds: number; readonly comparisons: number },
): string[] {
  const fewest = fewestRounds(comparisons);
  if (rounds < fewest) return [`${rounds} rounds are too few to show it: ${atLeast(fewest, comparisons)}.`];
  if (!isShown({ pHolm })) return ["No difference is shown."];
  return mean > 0 ? ["It is the other way round."] : [];
}

function judgeLosses({ rounds, seed }: ArchitectureComparison, records: readonly RunRecord[]): Conclusion {
  const claim = "The test loss rises with the epochs, from overfitting";
  const rises = testRises(PAPER_CURVES, records, seed);
  if (!rises) {
    const sentence = `${claim}: not tested, because losses were measured only at the end.`;
    return { claim, verdict: "not tested", tests: [], sentence };
  }
  const failures = rises.filter((rise) => !(isShown(rise) && rise.mean > 0));
  const diverged = rises.some((rise) => rise.diverged);
  const verdict = rounds === 1 || diverged ? "not tested" : failures.length > 0 ? "not confirmed" : "confirmed";
  const fewest = fewestRounds(rises.length);
  const tested =
    rounds === 1
      ? ""
      : ` (n = ${rounds}, p of the largest rise over all epochs, Holm-corrected over ${rises.length} architectures)`;
  const weighted = PAPER_CURVES.filter((name) =>
    records.some(({ architecture, config }) => architecture === name && config.network.auxiliaryWeight > 0),
  ).map((name) => findArchitecture(name).title);
  const parts =
    weighted.length > 0 ? ` The test loss of ${listed(weighted)} holds the auxiliary loss, times its weight.` : "";
  const numbers = `From its lowest mean to the last epoch, ${rises.map(riseInWords).join("; ")}${tested}.${parts}`;
  const why =
    rounds < fewest
      ? `${rounds} rounds are too few to show it: ${atLeast(fewest, rises.length, { what: "architectures" })}.`
      : `No rise is shown for ${failures.map(({ architecture }) => findArchitecture(architecture).title).join(", ")}.`;
  const reasons = verdict === "not confirmed" ? [why] : [];
  if (diverged)
    return { claim, verdict, tests: rises, sentence: `${claim}: not tested, because rounds diverged. ${numbers}` };
  return { claim, verdict, tests: rises, sentence: inWords(claim, verdict, [numbers, ...reasons], rounds) };
}

function inWords(claim: string, verdict: Conclusion["verdict"], rest: readonly string[], rounds: number): string {
  const remark =
    verdict === "not tested" ? "One round tests nothing." : verdict === "confirmed" ? (exploring(rounds) ?? "") : "";
  return [`${claim}: ${verdict}.`, ...rest, remark].join(" ").trimEnd();
}

/** Pairs whose order in our rounds is the opposite of the paper's. */
function reversals(comparison: ArchitectureComparison): string[] {
  const { rounds, differences } = comparison;
  const plain = differences.filter(({ a, b }) => PAPER_NETWORKS.includes(a) && PAPER_NETWORKS.includes(b));
  return plain.flatMap((found) => {
    const [first, second] = found.mean > 0 ? [found.b, found.a] : [found.a, found.b];
    const { better, than, difference } = evidenceOf(first, second, comparison);
    const [a, b] = [findArchitecture(first).paper, findArchitecture(second).paper];
    if (!a || !b || a.testError <= b.testError || difference.pHolm === null || !isShown(difference)) return [];
    const test = testInBrief(difference.pHolm, { rounds, comparisons: differences.length });
    return [
      `The order of ${titleOf(first)} and ${titleOf(second)} is the other way round: the paper has ${printedDigits(a.testError)}% and ${printedDigits(b.testError)}%, ours are ${percent(better.testError.mean)} and ${percent(than.testError.mean)}, ${pointsWithInterval(difference.mean, difference.ci95)} apart (${test}).`,
    ];
  });
}

/** Two architectures and their difference, seen from the first. */
function evidenceOf(better: string, than: string, { architectures, differences }: ArchitectureComparison): Evidence {
  const find = (name: string) => architectures.find((compared) => compared.name === name) as ComparedArchitecture;
  const found = differences.find(({ a, b }) => [a, b].includes(better) && [a, b].includes(than)) as Difference;
  const onAll = areOnAllTestPairs(architectures);
  const errorOf = ({ testError, allTestPairs }: ComparedArchitecture) =>
    (onAll ? allTestPairs?.testError : testError)?.mean ?? Number.NaN;
  return {
    better: find(better),
    than: find(than),
    errors: { better: errorOf(find(better)), than: errorOf(find(than)) },
    difference: found.a === better ? found : turned(found),
  };
}

function turned(found: Difference): Evidence["difference"] {
  const { a, b, mean, ci95, simultaneousCi95 } = found;
  const negative = (interval: Difference["ci95"]): Difference["ci95"] => interval && [0 - interval[1], 0 - interval[0]];
  return {
    ...found,
    ...{ a: b, b: a, mean: 0 - mean, ci95: negative(ci95), simultaneousCi95: negative(simultaneousCi95) },
  };
}

const titleOf = (name: string): string => findArchitecture(name).title;
