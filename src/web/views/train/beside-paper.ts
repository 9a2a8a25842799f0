import { paperResult } from "../../../core/architectures/registry.js";
import { isPapers } from "../../../core/experiments/shared/question.js";
import { changedSettings } from "../../address/command.js";
import { seenOf } from "../../images/seen.js";
import type { Experiment } from "../../training/experiment.js";
import type { Run } from "../../training/run.js";

type Runs = Pick<Experiment, "runs">;

const isOfPaper = ({ job }: Run): boolean => paperResult(job.architecture) !== undefined;

/** Whether the paper's numbers are about what its networks are asked here, and trained with. */
export const isBesidePaper = (experiment: Runs): boolean => whyNotBeside(experiment) === undefined;

/** Why the paper's numbers do not stand beside ours, in a sentence; undefined where they do. */
export function whyNotBeside({ runs }: Runs): string | undefined {
  const configs = runs.map(({ job }) => job.config);
  if (!configs.every(({ relation }) => isPapers(relation)))
    return "The paper asks another question: its numbers are not about this one.";
  if (!configs.every(({ dataset }) => seenOf(dataset).isDigits))
    return "The paper has other images: its numbers are not about these.";
  if (!configs.every(({ balance, split, reuse }) => !balance && !split && !reuse))
    return "The paper draws its pairs in another way: its numbers are not about these.";
  const changed = runs.filter(isOfPaper).some(({ job }) => Object.keys(changedSettings(job)).length > 0);
  return changed ? "Some settings here are not the paper's: its numbers are not about these." : undefined;
}
