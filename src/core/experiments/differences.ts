import { findArchitecture } from "../architectures/index.js";
import type { RunConfig } from "../training/index.js";
import { listed, paperPlusMinus, percent, plusMinus, printedDigits } from "./format.js";
import type { ReproducedArchitecture, Reproduction, Verdict } from "./reproduction.js";
import type { ConfiguredRun } from "./settings.js";

/** Why a verdict other than "agrees" is expected of these architectures, in that direction alone. */
const EXPLANATIONS: Readonly<Record<string, { verdict: Verdict; because: (paper: PaperFigures) => string }>> = {
  "one-by-one": {
    verdict: "lower",
    because: ({ train }) =>
      `The paper's network looks undertrained: it is wrong on ${train}% of its own training pairs too. Public projects that compare two recognised digits print 1.7–3.5%, and this architecture gives about 2.7% in PyTorch.`,
  },
  "weight-sharing": {
    verdict: "lower",
    because: () => "The paper's figure is a little high: this architecture gives about 15% in PyTorch.",
  },
};

interface PaperFigures {
  readonly train: string;
}

/**
 * Where our test errors agree with the paper's and where they differ, in sentences: first what agrees, then one paragraph for
 * each architecture that differs, with the reason where one is known and the direction is the one that it explains.
 *
 * @param records  the runs, for their settings; where they are not the architecture's own, that is named as a reason
 */
export function differences(reproduction: Reproduction, records: readonly ConfiguredRun[] = []): string[] {
  const { architectures, rounds } = reproduction;
  const agreeing = architectures.filter(({ verdict }) => verdict === "agrees");
  const differing = architectures.filter(({ verdict }) => verdict !== "agrees");
  return [
    ...(agreeing.length > 0 ? [agreement(agreeing, agreeing.length === architectures.length)] : []),
    ...differing.map((result) =>
      difference(result, records.find(({ architecture }) => architecture === result.name)?.config),
    ),
    ...(rounds === 1 ? ["One round has no spread: these verdicts rest on the paper's standard deviation alone."] : []),
  ];
}

function agreement(results: readonly ReproducedArchitecture[], all: boolean): string {
  const each = results.map(
    ({ name, testError, paper }) =>
      `${findArchitecture(name).title} (${percent(testError.mean)}, paper ${printedDigits(paper.testError)}%)`,
  );
  return `${all ? "All test errors agree" : "Test errors that agree"} with the paper's: ${listed(each)}.`;
}

function difference({ name, verdict, testError, paper }: ReproducedArchitecture, config?: RunConfig): string {
  const { title } = findArchitecture(name);
  const ours = plusMinus(testError.mean, testError.sd);
  const theirs = paperPlusMinus(paper.testError, paper.testSd);
  const known = EXPLANATIONS[name];
  const changes = config ? departures(name, config) : [];
  const reasons = [
    ...(changes.length > 0 ? [`These runs had other settings: ${listed(changes)}.`] : []),
    ...(known?.verdict === verdict ? [known.because({ train: printedDigits(paper.trainError) })] : []),
  ];
  const start = `${title}: our test error, ${ours}, is ${verdict} than the paper's, ${theirs}.`;
  return [start, ...(reasons.length > 0 ? reasons : ["No reason is known."])].join(" ");
}

/** How a run's settings differ from the architecture's own, which are the paper's where it prints them. */
function departures(name: string, config: RunConfig): string[] {
  const own = findArchitecture(name);
  const hasDropout = [...config.network.trunk, ...config.network.head].some(({ kind }) => kind === "dropout");
  const compared: [string, number, number][] = [
    ["epochs", config.epochs, own.epochs],
    ["batch size", config.batchSize, own.batchSize],
    ["training pairs", config.trainPairs, PAPER_PAIRS],
    ["learning rate", config.learningRate, own.learningRate],
    ["auxiliary weight", config.network.auxiliaryWeight, own.auxiliaryWeight ?? 0],
  ];
  if (hasDropout) compared.push(["dropout", config.dropout, own.dropout]);
  return compared.flatMap(([what, ours, theirs]) => (ours === theirs ? [] : [`${what} ${ours} instead of ${theirs}`]));
}

const PAPER_PAIRS = 1000;
