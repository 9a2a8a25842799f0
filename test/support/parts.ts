import { ablatePart as tellAblation } from "../../src/core/experiments/ablate/report.js";
import { comparePart as tellComparison } from "../../src/core/experiments/compare/report.js";
import { reproducePart as tellReproduction } from "../../src/core/experiments/reproduce/report.js";
import { type FigureTools, type PartContent, partOf, type ReportPart } from "../../src/core/experiments/shared/part.js";
import { tunePart as tellTuning } from "../../src/core/experiments/tune/report.js";
import { worthPart as tellWorth } from "../../src/core/experiments/worth/report.js";
import type { Findings } from "../../src/core/index.js";
import { figureTools } from "../../src/node/report/figures.js";

/** An experiment's part of a report, as its command writes it. */
const written =
  <Result, Options extends unknown[]>(
    name: string,
    tell: (findings: Findings<Result>, tools: FigureTools, ...options: Options) => PartContent,
  ) =>
  async (findings: Findings<Result>, ...options: Options): Promise<ReportPart> =>
    partOf(name, findings.result, tell(findings, await figureTools(), ...options));

export const reproducePart = written("reproduce", tellReproduction);
export const comparePart = written("compare", tellComparison);
export const ablatePart = written("ablate", tellAblation);
export const worthPart = written("worth", tellWorth);
export const tunePart = written("tune", tellTuning);
