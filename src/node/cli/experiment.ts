import { shellWord } from "../../core/data/image-options.js";
import type { PairCountNames } from "../../core/data/pools.js";
import type { MeasuredRun } from "../../core/experiments/shared/all-test-pairs.js";
import type { Report } from "../../core/experiments/shared/command.js";
import { type Experiment, type ExperimentStep, followPlan } from "../../core/experiments/shared/experiment.js";
import { partOf } from "../../core/experiments/shared/part.js";
import { questionFirst } from "../../core/experiments/shared/question.js";
import type { TextBlock } from "../../core/text/block.js";
import { nounFor } from "../../core/text/format.js";
import { withCitation } from "../report/citation.js";
import { figureTools } from "../report/figures.js";
import { withImages } from "../report/where-images.js";
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

interface Around {
  /** Names of all parts that a report can have, in their order. */
  readonly order: readonly string[];
  /** How the command line asks for other pairs, if not in the usual way. */
  readonly pairNames?: PairCountNames | undefined;
}

/** Runs an experiment over the run store and threads, writes its part of the report, and shows what was found. */
export async function carryOutExperiment<Options, Result>(
  experiment: Experiment<Options, Result>,
  report: Report<Options, Result>,
  asked: Options,
  options: ReportOptions,
  { order, pairNames }: Around,
): Promise<void> {
  const { out, workers, json, quiet } = options;
  const plan = experiment.plan(asked);
  // They get ready while the images are loaded.
  const threads = startThreads(Math.min(workers, plan.mostRuns ?? workers));
  await Session.with(options, { threads, reportFolder: out, ...(pairNames && { pairNames }) }, async (session) => {
    const findings = await followPlan(plan, session.apparatus, (step) => carryOutStep(step, session, quiet));
    const told = withImages(report(findings, await figureTools(), asked), session.dataset);
    const content = withCitation(told, findings.records);
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
  if (purpose && !quiet) remark(`${purpose}: ${jobs.length} ${nounFor(jobs.length, "run")}`);
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
