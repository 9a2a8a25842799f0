import pc from "picocolors";
import type { EvaluationPairs } from "../../../../core/data/pools.js";
import { mean } from "../../../../core/statistics/moments.js";
import { count, duration, nounFor, percent } from "../../../../core/text/format.js";
import type { Job } from "../../../../core/training/job.js";
import type { BusyWorker } from "../../../workers/trainer.js";
import { cutTo, type Line, padTo } from "../lines.js";
import type { LiveView } from "../output.js";
import { columnsOf } from "../wrap.js";
import type { Progress } from "./progress.js";
import { rowsThatFit } from "./rows.js";
import { trouble } from "./trouble.js";

/** Columns of a row's name, its bar, and the numbers after it. */
const NAME = 26;
const BAR = 24;
const SHORTEST_BAR = 4;
const NUMBERS = 28;
/** Short enough that the longest name fits beside it on 80 columns. */
const MEASURED = { test: "test error", validation: "validation" } as const;
const REDRAW_MS = 80;
/** The part of a terminal's rows that what went wrong may take while runs are trained: one in so many. */
const TROUBLES = 3;

interface Row {
  readonly name: string;
  /** Whether its runs are of one kind, which gives their mean error a meaning. */
  readonly alike: boolean;
  /** Training pairs of a run, to which an epoch's time is proportional. */
  readonly pairs: number;
  /** Which pairs the errors are of. */
  readonly measured: EvaluationPairs;
  readonly rounds: number;
  readonly epochsEach: number;
  /** Epochs done in runs that are under way, by run. */
  readonly underWay: Map<string, number>;
  /** Of runs that are done; NaN of those that diverged. */
  readonly testErrors: number[];
}

/**
 * One view redrawn in place: each architecture's progress, rounds done, error so far, and the time left. Where the numbers of
 * training pairs differ, each of these numbers has a row instead.
 */
export function liveProgress(jobs: readonly Job[], view: LiveView): Progress {
  const alike = new Set(jobs.map(({ config }) => config.trainPairs)).size === 1;
  const rowOf = ({ architecture, config }: Job) => (alike ? architecture : `${count(config.trainPairs)} pairs`);
  const rows = [...new Set(jobs.map(rowOf))].map((name): Row => {
    const own = jobs.filter((job) => rowOf(job) === name);
    return {
      name,
      alike,
      pairs: own[0]?.config.trainPairs ?? 0,
      measured: own[0]?.config.evaluateOn ?? "test",
      rounds: own.length,
      epochsEach: own[0]?.config.epochs ?? 0,
      underWay: new Map(),
      testErrors: [],
    };
  });
  const started = performance.now();
  const troubles: Line[] = [];
  let workers: readonly BusyWorker[] = [];
  /** Epochs times pairs that this process has trained, for the time left. */
  let trained = 0;
  const redraw = (shown: readonly Line[]) => {
    // A view taller than the terminal would scroll; the line of times and the cursor's take two.
    const room = view.rows - shown.length - 2;
    const training = workerLines(workers, Math.floor(room / 2));
    const rows = [...progressLines(room - training.length), ...training, { text: timeLeft(), colour: pc.dim }];
    view.draw([...shown, ...rows.map((row) => cutTo(row, view.columns))]);
  };

  function progressLines(room: number): Line[] {
    const shown = rowsThatFit(rows, room, ({ underWay }) => underWay.size > 0);
    const nameWidth = Math.max(NAME, ...shown.map(({ name }) => columnsOf(name)));
    const barWidth = Math.max(Math.min(BAR, view.columns - nameWidth - NUMBERS), SHORTEST_BAR);
    const lines = shown.map((row) => describe(row, nameWidth, barWidth));
    if (shown.length === rows.length) return lines;
    const done = rows.reduce((sum, { testErrors }) => sum + testErrors.length, 0);
    return [...lines, `${rows.length} architectures: ${done} of ${jobs.length} runs done`];
  }

  function timeLeft(): string {
    const left = rows.reduce((sum, row) => sum + (row.rounds * row.epochsEach - epochsDone(row)) * row.pairs, 0);
    const elapsed = (performance.now() - started) / 1000;
    const estimate = trained > 0 && left > 0 ? `, about ${duration((elapsed / trained) * left)} left` : "";
    return `${duration(elapsed)}${estimate}`;
  }

  /** The last troubles, so that the rows keep most of the terminal; all of them stand there in the end. */
  const lastTroubles = (): Line[] => {
    const most = Math.max(Math.floor(view.rows / TROUBLES), 1);
    if (troubles.length <= most) return troubles;
    const earlier = troubles.length - most + 1;
    return [{ text: `${earlier} earlier ${nounFor(earlier, "line")}`, colour: pc.dim }, ...troubles.slice(earlier)];
  };

  const timer = setInterval(() => redraw(lastTroubles()), REDRAW_MS);
  redraw(troubles);
  return {
    show(event) {
      const line = trouble(event);
      if (line) troubles.push({ text: line, colour: pc.yellow });
      if (event.kind === "workers") workers = event.workers;
      if (event.kind !== "epoch" && event.kind !== "done") return;
      const row = rows.find(({ name }) => name === rowOf(event.job));
      if (!row) return;
      const before = row.underWay.get(event.job.id);
      if (event.kind === "epoch") {
        const { epoch } = event.epoch;
        row.underWay.set(event.job.id, epoch);
        // A run of this process may have begun at a checkpoint.
        const first = event.host === undefined ? 1 : epoch;
        trained += (before === undefined ? first : epoch - before) * row.pairs;
      } else {
        // Workers are not seen at every epoch.
        if (event.host !== undefined) trained += (row.epochsEach - (before ?? 0)) * row.pairs;
        row.underWay.delete(event.job.id);
        row.testErrors.push(event.record.testError);
      }
    },
    end() {
      clearInterval(timer);
      redraw(troubles);
      view.end();
    },
  };
}

/** What each worker of a queue trains, or how many do where they do not fit. */
function workerLines(workers: readonly BusyWorker[], room: number): Line[] {
  if (workers.length > room) {
    const busy = workers.reduce((sum, { running }) => sum + running.length, 0);
    return room > 0 ? [`${workers.length} workers: ${busy} ${nounFor(busy, "run")} in training`] : [];
  }
  return workers.map(({ host, threads, running }) => [
    `${padTo(host, NAME)} `,
    { text: `${running.length} of ${threads} ${nounFor(threads, "thread")}`, colour: pc.dim },
    ...running.map(({ job, epoch }) => `  ${job.architecture} ${job.seed}: ${epoch}/${job.config.epochs}`),
  ]);
}

const epochsDone = ({ underWay, testErrors, epochsEach }: Row): number =>
  [...underWay.values()].reduce((sum, epochs) => sum + epochs, testErrors.length * epochsEach);

function describe(row: Row, nameWidth: number, barWidth: number): Line {
  const share = epochsDone(row) / (row.rounds * row.epochsEach);
  const filled = Math.round(share * barWidth);
  const rounds = `${row.testErrors.length}/${row.rounds}`.padStart(7);
  const errors = row.testErrors.filter((error) => !Number.isNaN(error));
  const lost = row.testErrors.length - errors.length;
  const error = row.alike && errors.length > 0 ? `  ${MEASURED[row.measured]} ${percent(mean(errors))}` : "";
  return [
    `${padTo(row.name, nameWidth)} `,
    { text: "█".repeat(filled), colour: pc.cyan },
    { text: "░".repeat(barWidth - filled), colour: pc.dim },
    ` ${rounds}${error}`,
    { text: lost > 0 ? `  ${lost} diverged` : "", colour: pc.yellow },
  ];
}
