import { shellWord } from "../../core/data/image-options.js";
import type { PairCountNames } from "../../core/data/pairs.js";
import { InvalidRequest } from "../../core/errors.js";
import type { MeasuredRun } from "../../core/experiments/shared/all-test-pairs.js";
import {
  type Experiment,
  type ExperimentStep,
  type Findings,
  followPlan,
} from "../../core/experiments/shared/experiment.js";
import { questionFirst } from "../../core/experiments/shared/question.js";
import type { TextBlock } from "../../core/text/block.js";
import { withCitation } from "../report/citation.js";
import { type PartContent, partOf } from "../report/part.js";
import { startThreads } from "../workers/threads.js";
import type { ImageArguments, SessionOptions } from "./options.js";
import { Session } from "./session.js";
import { print, printJson, remark } from "./terminal/output.js";
import { showSentences, showTable } from "./terminal/show.js";

/** The options that every experiment's command has. */
export interface ReportOptions extends SessionOptions {
  /** The report's folder. */
  readonly out: string;
}

/** An experiment as a command, with the part of a report that it writes. */
export interface ExperimentCommand<Options, Result> {
  readonly experiment: Experiment<Options, Result>;
  readonly part: (findings: Findings<Result>, options: Options) => Promise<PartContent>;
  /** How the command line asks for other pairs, if not in the usual way. */
  readonly pairNames?: PairCountNames;
  /** Its networks name classes, or decide by them, and nobody can take others. */
  readonly needsClasses?: true;
}

/**
 * Runs an experiment over the run store and threads, writes its part of the report, and shows what was found.
 *
 * @param order  names of all parts that a report can have, in their order
 */
export async function carryOutExperiment<Options, Result>(
  { experiment, part, pairNames, needsClasses }: ExperimentCommand<Options, Result>,
  asked: Options,
  options: ReportOptions,
  order: readonly string[],
): Promise<void> {
  const { out, workers, json, quiet } = options;
  const plan = experiment.plan(asked);
  // They get ready while the images are loaded.
  const threads = startThreads(Math.min(workers, plan.mostRuns ?? workers));
  await Session.with(options, { threads, reportFolder: out, ...(pairNames && { pairNames }) }, async (session) => {
    const { listed, name } = session.dataset.identity;
    if (needsClasses && listed)
      throw new InvalidRequest(
        `${experiment.name} trains networks that decide by the images' classes, and ${name} gives its pairs with their answers: use compare or tune, with networks such as matching and weight-sharing`,
      );
    const findings = await followPlan(plan, session.apparatus, (step) => carryOutStep(step, session, quiet));
    const content = withCitation(await part(findings, asked), findings.records);
    await session.report(out, partOf(experiment.name, findings.result, content), order);
    if (json) printJson(findings.result);
    else {
      const question = questionFirst(findings.records).trimEnd();
      if (question) print(question);
      show(experiment.summary(findings), options);
    }
    if (json || quiet) return;
    const figures = content.blocks.filter(({ kind }) => kind === "figure").length;
    remark("");
    remark(`${out}/report.html has ${["", "the figure and "][figures] ?? "the figures and "}the settings`);
  });
}

async function carryOutStep(step: ExperimentStep, session: Session, quiet: true | undefined): Promise<MeasuredRun[]> {
  const { jobs, purpose, onAllTestPairs } = step;
  if (purpose && !quiet) remark(`${purpose}: ${jobs.length} runs`);
  const records = await session.train(jobs);
  return onAllTestPairs ? session.measure(records) : records;
}

/** @param place  where the images are, which a report leaves out, and a command to give again here must say */
function show(blocks: readonly TextBlock[], { data, images }: ImageArguments): void {
  const here = (text: string) =>
    [
      ["--data DIR", data && `--data ${shellWord(data)}`],
      ["--images DIR", images && `--images ${shellWord(images)}`],
    ].reduce((whole, [from, to]) => (from && to ? whole.replaceAll(from, to) : whole), text);
  for (const block of blocks)
    switch (block.kind) {
      case "heading":
        print("");
        print(block.text);
        break;
      case "text":
        print(here(block.text));
        break;
      case "sentences":
        showSentences(block.sentences);
        break;
      case "table":
        showTable(block.table);
    }
}
