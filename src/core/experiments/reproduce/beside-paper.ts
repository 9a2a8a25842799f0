import { findArchitecture, type PaperResult } from "../../architectures/index.js";
import { listed, meanAndSpread, paperPlusMinus, percent, printedDigits } from "../../text/format.js";
import { changedSettings } from "../shared/changed-settings.js";
import { divergedSentences } from "../shared/diverged.js";
import type { ConfiguredRun } from "../shared/method.js";
import { noBetterSentences } from "../shared/one-answer.js";
import { asksOfPapersImages } from "../shared/question.js";
import type { ReproducedArchitecture, Reproduction } from "./reproduction.js";
import { AGREEMENT_MARGIN, ASSUMED_PAPER_ROUNDS, ifPaperHas, type Verdict, type VerdictFrom } from "./verdict.js";

/** Why a difference is expected of these architectures, only in that direction. */
const EXPLANATIONS: Readonly<Record<string, { verdict: Verdict; because: string }>> = {
  "one-by-one": {
    verdict: "lower",
    because:
      "The paper's network looks undertrained: it is wrong on 13% of its own training pairs too. Public projects that compare two recognised digits print 1.7–3.5%, and this architecture gives about 2.7% in PyTorch.",
  },
  "weight-sharing": {
    verdict: "lower",
    because: "The paper's figure is a little high: this architecture gives about 16% in PyTorch.",
  },
};

const otherPairs = (how: string): string =>
  `The paper ${how}: its numbers and figures are not about these pairs, and none is set beside these results.`;

/** What a reproduction found, in sentences: beside the paper, and beside one and the same answer to every pair. */
export const reproductionSentences = (reproduction: Reproduction, records: readonly ConfiguredRun[]): string[] => [
  ...differencesFromPaper(reproduction, records),
  ...noBetterSentences(
    reproduction.architectures.map(({ name, runs }) => ({ title: titleOf(name), runs })),
    reproduction.seed,
  ),
];

type BesidePaper = ReproducedArchitecture & { readonly paper: PaperResult };
const hasPaper = (result: ReproducedArchitecture): result is BesidePaper => result.paper !== undefined;

/**
 * Where our test errors agree with the paper's, where they differ and where that is open, in sentences: settings that were changed,
 * what agrees, then one paragraph for each architecture that differs, with the reason where one is known and the direction is the
 * one that it explains, and one for each that is open.
 *
 * @param records  the runs, for their settings; if they are not the architecture's own, that is a reason
 */
export function differencesFromPaper(reproduction: Reproduction, records: readonly ConfiguredRun[] = []): string[] {
  const { architectures: all, rounds } = reproduction;
  const architectures = all.filter(hasPaper);
  if (architectures.length < all.length) {
    const drawn = records.length > 0 && records.every(({ config }) => asksOfPapersImages(config));
    return [
      otherPairs(
        drawn ? "draws its pairs in another way" : "asks its networks another question, or shows them other images",
      ),
    ];
  }
  const agreeing = architectures.filter(({ verdict }) => verdict === "agrees");
  const differing = architectures.filter(({ verdict }) => verdict === "lower" || verdict === "higher");
  const open = architectures.filter(({ verdict }) => verdict === "open");
  const lost = architectures.filter(({ verdict }) => verdict === null);
  const changes = changedSettings(records);
  const changed = new Set(changes.flatMap(({ architectures }) => architectures));
  const named = changes.map(({ change, architectures: those }) =>
    those.length === architectures.length ? change : `${change} (${listed(those.map(titleOf))})`,
  );
  return [
    ...(named.length > 0
      ? [`Settings were changed, which may be why errors agree or differ: ${named.join("; ")}.`]
      : []),
    ...(agreeing.length > 0 ? [agreement(agreeing, agreeing.length === architectures.length)] : []),
    ...differing.map((result) => difference(result, changed.has(result.name))),
    ...open.map(undecided),
    ...(agreeing.length + differing.length + open.length > 0
      ? [
          `The paper does not say how many rounds it has. These sentences assume ${ASSUMED_PAPER_ROUNDS}; to agree is to be shown to differ by less than ${percent(AGREEMENT_MARGIN).replace(".0", "")} of the paper's error.`,
        ]
      : []),
    ...divergedSentences(lost.map(({ name, runs }) => ({ title: titleOf(name), runs }))).map(
      (sentence) => `${sentence} It is not compared with the paper's.`,
    ),
    ...(rounds === 1 ? ["One round has no spread: it is taken to have the paper's standard deviation."] : []),
  ];
}

function agreement(results: readonly BesidePaper[], all: boolean): string {
  const each = results.map(
    ({ name, testError, paper, verdicts }) =>
      `${titleOf(name)} (${percent(testError.mean)}, paper ${printedDigits(paper.testError)}%${condition(verdicts, "agrees")})`,
  );
  return `${all ? "All test errors agree" : "Test errors that agree"} with the paper's: ${listed(each)}.`;
}

/** ", if the paper has 5 rounds or more", where a verdict needs that many; it is the assumed one's. */
function condition(verdicts: readonly VerdictFrom[] | null, verdict: Verdict): string {
  const from = verdicts?.findLast((each) => each.verdict === verdict && each.paperRounds <= ASSUMED_PAPER_ROUNDS);
  return from && from !== verdicts?.[0] ? `,${ifPaperHas(from.paperRounds)}` : "";
}

function undecided({ name, testError, paper, verdicts }: BesidePaper): string {
  const numbers = `our test error is ${meanAndSpread(testError)}, the paper's ${paperPlusMinus(paper.testError, paper.testSd)}`;
  const later = (verdicts ?? []).filter(({ paperRounds }) => paperRounds > ASSUMED_PAPER_ROUNDS);
  const words = later.map(({ verdict, paperRounds }) => ` It ${AS_VERB[verdict]}${ifPaperHas(paperRounds)}.`);
  return `Whether ${titleOf(name)} agrees with the paper is open: ${numbers}.${words.join("")}`;
}

const AS_VERB: Readonly<Record<Verdict, string>> = {
  agrees: "agrees",
  lower: "is lower",
  higher: "is higher",
  open: "is open",
};

function difference({ name, verdict, verdicts, testError, paper }: BesidePaper, changed: boolean): string {
  const ours = meanAndSpread(testError);
  const theirs = paperPlusMinus(paper.testError, paper.testSd);
  const known = EXPLANATIONS[name];
  const reasons = [
    ...(changed ? ["Its settings were changed."] : []),
    ...(known?.verdict === verdict ? [known.because] : []),
  ];
  const found = `${titleOf(name)}: our test error, ${ours}, is ${verdict} than the paper's, ${theirs}${condition(verdicts, verdict as Verdict)}.`;
  return [found, ...(reasons.length > 0 ? reasons : ["No reason is known."])].join(" ");
}

const titleOf = (name: string): string => findArchitecture(name).title;
