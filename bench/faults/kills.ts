import type { ChildProcess } from "node:child_process";
import { watch } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Small, withoutTimes } from "./commands.js";
import { drawer } from "./draw.js";
import { type Outcome, pause, run } from "./program.js";
import { changedRuns, finishedRuns, hashesIn, leftBy, leftIn, namesIn, trainedLines } from "./store.js";

/** The results of kills. */
export interface Kills {
  readonly kills: number;
  /** The number of kills at each stage. */
  readonly stages: Readonly<Record<string, number>>;
  /** The faults, a line each. */
  readonly fell: readonly string[];
}

const SIGNALS = ["SIGKILL", "SIGTERM", "SIGINT"] as const;
type Signal = (typeof SIGNALS)[number];

/** The exit code of an interrupted command. */
const INTERRUPTED = 130;

/** The result of an undisturbed command. */
export interface Undisturbed {
  readonly ms: number;
  readonly document: unknown;
  readonly hashes: readonly string[];
  /** The ids of its runs. */
  readonly ids: readonly string[];
}

/**
 * Starts a command again and again, and ends it at moments drawn by chance: after some time, or when files in its folders
 * change. Whenever it comes to its end it must say what the undisturbed one said, with the same weights; no finished run may
 * be trained again, and nothing be left behind. Then it starts anew, in an empty store.
 *
 * @param alone  the result of the same command, undisturbed
 * @param how  how many kills, the seed of what is drawn, and an empty folder
 */
export async function killAgainAndAgain(
  small: Small,
  alone: Undisturbed,
  { kills, seed, folder }: { readonly kills: number; readonly seed: number; readonly folder: string },
): Promise<Kills> {
  const fell: string[] = [];
  const stages: Record<string, number> = {};
  const draw = drawer(seed);
  let done = 0;
  while (done < kills && fell.length === 0) {
    const place = await mkdtemp(join(folder, "killed-"));
    const store = join(place, "runs");
    let before = finishedRuns(store);
    for (let ended = false; !ended && fell.length === 0; ) {
      const signal = SIGNALS[draw(SIGNALS.length)] as Signal;
      const moment = momentOf(draw, alone, place, before);
      const outcome = await run(small.in(place), (child) =>
        done < kills ? moment(child).then(() => void child.kill(signal)) : Promise.resolve(),
      );
      const after = finishedRuns(store);
      const trained = trainedLines(outcome.stderr);
      fell.push(...changedRuns(before, after));
      if (trained > after.size - before.size)
        fell.push(`${trained} runs were trained, but ${after.size - before.size} are new`);
      before = after;
      ended = outcome.code === 0;
      if (ended) fell.push(...wrongEnd(outcome, alone, place));
      else {
        fell.push(...wrongInterruption(outcome, signal, place));
        const stage = stageOf(place, outcome, after.size, alone.ids.length);
        stages[stage] = (stages[stage] ?? 0) + 1;
        done++;
      }
    }
    if (fell.length === 0) await rm(place, { recursive: true });
  }
  return { kills: done, stages, fell: fell.map((line) => `${small.name}: ${line}`) };
}

/** A command in an empty folder, which keeps its store. */
export async function undisturbed(small: Small, place: string): Promise<Undisturbed> {
  const started = performance.now();
  const outcome = await run(small.in(place));
  if (outcome.code !== 0) throw new Error(`${small.name} fails undisturbed: ${outcome.stderr.trimEnd()}`);
  return {
    ms: performance.now() - started,
    document: withoutTimes(outcome.stdout),
    hashes: hashesIn(join(place, "runs")),
    ids: [...finishedRuns(join(place, "runs")).keys()],
  };
}

/** A change of files is drawn from this many: about the number of changes in a run's folder and in the report's. */
const MOST_CHANGES = { run: 16, report: 40 } as const;
/** The share of a command's time that is not training, approximately. */
const OVERHEAD = 0.5;

/** Half of the kills come after some time, half when files of a run that is not finished, or of the report, are written. */
function momentOf(
  draw: (below: number) => number,
  { ms, ids }: Undisturbed,
  place: string,
  finished: ReadonlyMap<string, unknown>,
): (child: ChildProcess) => Promise<void> {
  const missing = ids.filter((id) => !finished.has(id));
  const left = ms * (OVERHEAD + ((1 - OVERHEAD) * missing.length) / ids.length);
  // Early moments are more frequent, because just as much can go wrong there in less time.
  const wait = (left * draw(1000) * draw(1000)) / 1e6;
  const [isTimed, ofReport] = [draw(2) === 0, draw(4) === 0];
  if (isTimed) return (child) => pause(child, wait);
  const id = ofReport ? undefined : missing[draw(Math.max(1, missing.length))];
  const watched = id === undefined ? join(place, "report") : join(place, "runs", id);
  const changes = 1 + draw(id === undefined ? MOST_CHANGES.report : MOST_CHANGES.run);
  return async (child) => {
    // An empty folder is not a run, and a report's folder may be there. Neither changes what a command does.
    await mkdir(watched, { recursive: true });
    let awaited = changes;
    const watcher = watch(watched);
    const changed = new Promise<void>((resolve) => {
      watcher.on("change", () => {
        awaited--;
        if (awaited === 0) resolve();
      });
      watcher.on("error", () => resolve());
    });
    await Promise.race([changed, pause(child, 2 * ms)]);
    watcher.close();
  };
}

function wrongEnd(outcome: Outcome, alone: Undisturbed, place: string): string[] {
  const left = [...leftIn(join(place, "runs")), ...leftIn(join(place, "report"))];
  return [
    ...(isDeepStrictEqual(hashesIn(join(place, "runs")), alone.hashes) ? [] : [`other hashes in ${place}`]),
    ...(isDeepStrictEqual(withoutTimes(outcome.stdout), alone.document) ? [] : [`another result in ${place}`]),
    ...(left.length > 0 ? [`left behind in ${place}: ${left.join(", ")}`] : []),
  ];
}

function wrongInterruption({ pid, code, signal: ended, stderr }: Outcome, signal: Signal, place: string): string[] {
  if (ended === signal) return [];
  if (code !== INTERRUPTED || signal === "SIGKILL")
    return [`${signal} ended it with ${code ?? ended}: ${stderr.trimEnd().split("\n").at(-1)}`];
  const left = [...leftBy(pid, join(place, "runs")), ...leftBy(pid, join(place, "report"))];
  return left.length > 0 ? [`${signal} left behind in ${place}: ${left.join(", ")}`] : [];
}

/** The stage at which a process was killed, judged by the files that it left. */
function stageOf(place: string, { stderr, code }: Outcome, finished: number, all: number): string {
  const runs = namesIn(join(place, "runs"), true);
  if (runs.some((name) => /checkpoint\.safetensors\..+\.tmp$/.test(name))) return "checkpoint";
  if (
    runs.some((name) =>
      /[0-9a-f]{16}.(?:run|epochs|weights|all-test-pairs|thresholds|trained-images).+\.tmp$/.test(name),
    )
  )
    return "saving";
  if (finished === all) return "report";
  if (code === INTERRUPTED || stderr !== "" || runs.some((name) => /claims.[0-9a-f]{16}/.test(name))) return "training";
  return "start";
}
