import type { Findings } from "../../src/core/index.js";
import { ablatePart as tellAblation } from "../../src/node/report/ablate.js";
import { comparePart as tellComparison } from "../../src/node/report/compare.js";
import { type PartContent, partOf, type ReportPart } from "../../src/node/report/part.js";
import { reproducePart as tellReproduction } from "../../src/node/report/reproduce.js";
import { tunePart as tellTuning } from "../../src/node/report/tune.js";
import { worthPart as tellWorth } from "../../src/node/report/worth.js";

/** An experiment's part of a report, as its command writes it. */
const written =
  <Result, Options extends unknown[]>(
    name: string,
    tell: (findings: Findings<Result>, ...options: Options) => Promise<PartContent>,
  ) =>
  async (findings: Findings<Result>, ...options: Options): Promise<ReportPart> =>
    partOf(name, findings.result, await tell(findings, ...options));

export const reproducePart = written("reproduce", tellReproduction);
export const comparePart = written("compare", tellComparison);
export const ablatePart = written("ablate", tellAblation);
export const worthPart = written("worth", tellWorth);
export const tunePart = written("tune", tellTuning);
