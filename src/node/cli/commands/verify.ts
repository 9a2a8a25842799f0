import { randomInt } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InvalidRequest } from "../../../core/errors.js";
import { allTestPairs } from "../../../core/inspection/evaluate-run.js";
import { nounFor } from "../../../core/text/format.js";
import type { RunSummary } from "../../../core/training/run.js";
import { isPackaged } from "../../data/trained-images.js";
import { engineIdentity, loadKernels, type Simd, whyCannotRun } from "../../kernels.js";
import { readTextWithin } from "../../read.js";
import { isRunId } from "../../runs/layout.js";
import { RunStore } from "../../runs/store.js";
import { startThreads } from "../../workers/threads.js";
import { type VerifiedRun, verifyRuns } from "../../workers/verify-runs.js";
import { type SessionOptions, withoutImages } from "../options.js";
import { Session } from "../session.js";
import { print, printJson, remark } from "../terminal/output.js";
import { plannedReport } from "./verify-plan.js";

/** Options of `pairlab verify`. */
export interface VerifyCommandOptions extends SessionOptions {
  readonly count: number;
  /** The images are those that a project's configuration names. */
  readonly ofProject: boolean;
}

/** Larger than any report's document. */
const MOST_BYTES = 2 ** 28;

/** `pairlab verify`: trains some kept runs again, and says whether the same bits come of it. */
export async function verify(report: string | undefined, given: VerifyCommandOptions): Promise<void> {
  const { count, runs, workers, json, quiet } = given;
  const store = new RunStore(runs);
  const { records, damaged } = await store.records();
  const reported = report === undefined ? undefined : await runsIn(report);
  const planned = report === undefined ? undefined : await plannedReport(report, MOST_BYTES);
  const isAsked = ({ id }: { readonly id: string }) => reported?.has(id) ?? true;
  const asked = records.filter(isAsked);
  const broken = new Map(damaged.filter(isAsked).map(({ id, damage }) => [id, damage]));
  if (asked.length + broken.size === 0)
    throw new InvalidRequest(
      reported
        ? `no run of ${report} is in ${runs}: name their store with --runs`
        : `there are no finished runs in ${runs}: train some, or name another store with --runs`,
    );
  const missing = [...(reported?.keys() ?? [])].filter((id) => !broken.has(id) && !asked.some((run) => run.id === id));
  const misreported = asked.filter((run) => !isAsReported(run, reported?.get(run.id)));
  // A project's images are not those of runs of MNIST, and nobody asked for them.
  const areMnist = asked.every(({ config }) => isPackaged(config.dataset));
  const options = given.ofProject && areMnist ? withoutImages(given) : given;
  const threads = startThreads(Math.min(workers, count));
  const interrupted = "interrupted: nothing was written; the command can be given again, and then draws anew";
  await Session.with(options, { threads, interrupted }, async ({ dataset, signal }) => {
    const obstacleTo = obstacles(dataset.identity.sha256);
    const able = asked.filter((run) => !obstacleTo(run));
    const notHere = asked.flatMap((run) => obstacleTo(run) ?? []);
    const [first] = notHere;
    if (able.length === 0 && first) throw new InvalidRequest(`${noneOf(notHere)}run ${asked[0]?.id} ${first.says}`);
    const drawn = draw(able, count).map(({ id }) => id);
    for (const damage of broken.values()) remark(`${damage}: it is not verified`);
    if (!quiet) remark(`training ${counted(drawn.length)} of ${able.length} again, drawn at random`);
    const verified = await verifyRuns(drawn, {
      async read(id) {
        const run = await store.find(id);
        if (!run) return { damage: `run ${id} is no longer in ${store.folder}` };
        if ("damage" in run) return run;
        return { run, allTestPairs: await store.evaluation(run.record, allTestPairs(run.record, dataset)) };
      },
      dataset,
      kernelsOf: ({ record }) => loadKernels(record.config.engine.simd),
      threads,
      signal,
      onVerified: (each) => {
        if (!quiet) remark(inWords(each));
      },
      onDamaged(id, damage) {
        broken.set(id, damage);
        remark(`${damage}: it is not verified`);
      },
    });
    const different = verified.filter(({ differs }) => differs.length > 0).map(({ record }) => record.id);
    const wrong = [
      ...about(different, "trained again to other bits"),
      ...about([...broken.keys()], "damaged"),
      ...about(
        misreported.map(({ id }) => id),
        `reported with other numbers in ${report}`,
      ),
      ...(planned?.deviations ?? []).map((deviation) => `${report} is not as planned: ${deviation}`),
    ];
    if (json)
      printJson({
        runs: asked.length,
        cannotBeTrainedHere: notHere.length,
        notInStore: missing.length,
        damaged: [...broken.keys()],
        misreported: misreported.map(({ id }) => id),
        ...(planned && { sealedPlan: { sha256: planned.sha256, deviations: planned.deviations } }),
        verified: verified.map(({ record: { id, architecture, seed, weightsSha256 }, differs }) => ({
          ...{ id, architecture, seed, weightsSha256, differs },
        })),
      });
    else {
      if (quiet) for (const each of verified) print(inWords(each));
      if (different.length === 0 && verified.length > 0)
        print(
          `${counted(verified.length)} of ${asked.length} trained again: the same weights, errors and losses, bit for bit`,
        );
      if (notHere.length > 0)
        print(`${counted(notHere.length)} cannot be trained again here: ${kindsOf(notHere).join("; ")}`);
      if (missing.length > 0) print(`${counted(missing.length)} of ${report} ${are(missing.length)} not in ${runs}`);
      if (planned?.words) print(planned.words);
    }
    if (wrong.length > 0) throw new Error(wrong.join("; "));
  });
}

/** Why a run cannot be trained again here. */
interface Obstacle {
  /** Of several runs, which are counted by it. */
  readonly kind: string;
  /** Of one run, with what to do; words that follow its name. */
  readonly says: string;
}

/** What says of a run why it cannot be trained again here, on images of that SHA-256; undefined where it can. */
function obstacles(sha256: string): (run: RunSummary) => Obstacle | undefined {
  const unable = new Map<Simd, string | undefined>();
  const unableToRun = (simd: Simd): string | undefined => {
    if (!unable.has(simd)) unable.set(simd, whyCannotRun(simd));
    return unable.get(simd);
  };
  return ({ config }) => {
    const { kernels, version, simd } = config.engine;
    if (config.startingWeights)
      return {
        kind: "from given weights",
        says: "starts from given weights, which are not kept: train it again with its --init",
      };
    if (config.dataset.sha256 !== sha256)
      return {
        kind: "of other images",
        says: `is of ${config.dataset.name}, whose SHA-256 begins with ${config.dataset.sha256.slice(0, 16)}: name its images with --data, as they were named when it was trained`,
      };
    if (kernels !== engineIdentity(simd).kernels)
      return {
        kind: "of other kernels",
        says: `was trained with other kernels, those of pairlab ${version}: verify it with that version`,
      };
    const why = unableToRun(simd);
    if (why === undefined) return undefined;
    return {
      kind: `of --simd ${simd}, which ${why}`,
      says: `was trained with --simd ${simd}, which ${why}: verify it on another machine`,
    };
  };
}

/** What several runs are that cannot be trained again here: "2 of other images", "1 of other kernels". Where all are alike, no number. */
function kindsOf(notHere: readonly Obstacle[]): string[] {
  const counts = new Map<string, number>();
  for (const { kind } of notHere) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, many]) => (counts.size === 1 ? kind : `${many} ${kind}`)).sort();
}

/** The beginning of a line about the first of some runs, of which none can be trained again here. */
function noneOf(notHere: readonly Obstacle[]): string {
  if (notHere.length === 1) return "";
  const kinds = kindsOf(notHere);
  return `none of ${counted(notHere.length)} can be trained again here${kinds.length === 1 ? "" : ` (${kinds.join("; ")})`}: `;
}

/** So many of the runs, each as likely as any other. Whoever trained them cannot know which. */
function draw<Run>(runs: readonly Run[], count: number): Run[] {
  const left = [...runs];
  return Array.from({ length: Math.min(count, runs.length) }, () => left.splice(randomInt(left.length), 1)[0] as Run);
}

/** What a report says of a run, which the store says too. */
type Reported = Readonly<Record<string, unknown>>;
const REPORTED = ["seed", "trainError", "testError", "weightsSha256"] as const;

const isAsReported = (run: RunSummary, reported: Reported | undefined): boolean =>
  REPORTED.every((name) => reported?.[name] === undefined || Object.is(reported[name] ?? Number.NaN, run[name]));

/**
 * The runs that a report is of, by their ids. Files that are no documents of runs are passed over.
 *
 * @throws InvalidRequest where there is none
 */
async function runsIn(folder: string): Promise<Map<string, Reported>> {
  const names = await readdir(folder).catch(() => []);
  const found = new Map<string, Reported>();
  for (const name of names.filter((each) => each.endsWith(".json"))) {
    const text = await readTextWithin(join(folder, name), MOST_BYTES).catch(() => "");
    collect(text, found);
  }
  if (found.size === 0)
    throw new InvalidRequest(
      `${folder} has no report that names runs: give the folder of a report of reproduce, compare, ablate or worth`,
    );
  return found;
}

function collect(text: string, found: Map<string, Reported>): void {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return;
  }
  // A list in place of a recursion: a file may nest more deeply than calls can.
  for (const left = [document]; left.length > 0; ) {
    const value = left.pop();
    if (typeof value !== "object" || value === null) continue;
    const { id, weightsSha256 } = value as Reported;
    if (typeof id === "string" && isRunId(id) && typeof weightsSha256 === "string") found.set(id, value as Reported);
    else for (const inside of Object.values(value)) left.push(inside);
  }
}

const counted = (count: number): string => `${count} ${nounFor(count, "run")}`;
const are = (count: number): string => nounFor(count, "is", "are");

/** "2 runs are damaged: ID, ID"; nothing of no runs. */
const about = (ids: readonly string[], what: string): string[] =>
  ids.length === 0 ? [] : [`${counted(ids.length)} ${are(ids.length)} ${what}: ${ids.join(", ")}`];

function inWords({ record: { id, architecture, seed }, differs }: VerifiedRun): string {
  return `run ${id} (${architecture}, seed ${seed}): ${differs.length === 0 ? "the same bits" : `other ${differs.join(", ")}`}`;
}
