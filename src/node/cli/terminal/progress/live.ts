import pc from "picocolors";
import type { EvaluationPairs } from "../../../../core/data/pools.js";
import { mean } from "../../../../core/statistics/moments.js";
import { count, duration, percent } from "../../../../core/text/format.js";
import type { Job } from "../../../../core/training/job.js";
import { cutTo, type Line } from "../lines.js";
import type { LiveView } from "../output.js";
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
  let troubles: Line[] = [];
  /** Epochs times pairs that this process has trained, for the time left. */
  let trained = 0;
  const redraw = () => {
    const rows = [...progressLines(), { text: timeLeft(), colour: pc.dim }];
    view.draw([...troubles, ...rows.map((row) => cutTo(row, view.columns))]);
  };

  /** A view taller than the terminal would scroll; the line of times and the cursor's take two. */
  function progressLines(): Line[] {
    const shown = rowsThatFit(rows, view.rows - troubles.length - 2, ({ underWay }) => underWay.size > 0);
    const nameWidth = Math.max(NAME, ...shown.map(({ name }) => name.length));
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

  const timer = setInterval(redraw, REDRAW_MS);
  redraw();
  return {
    show(event) {
      const row = rows.find(({ name }) => name === rowOf(event.job));
      if (!row) return;
      const line = trouble(event);
      if (line) troubles = [...troubles, { text: line, colour: pc.yellow }];
      if (event.kind === "epoch") {
        row.underWay.set(event.job.id, event.epoch.epoch);
        trained += row.pairs;
      }
      if (event.kind === "done") {
        row.underWay.delete(event.job.id);
        row.testErrors.push(event.record.testError);
      }
    },
    end() {
      clearInterval(timer);
      redraw();
      view.end();
    },
  };
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
    `${row.name.padEnd(nameWidth)} `,
    { text: "█".repeat(filled), colour: pc.cyan },
    { text: "░".repeat(barWidth - filled), colour: pc.dim },
    ` ${rounds}${error}`,
    { text: lost > 0 ? `  ${lost} diverged` : "", colour: pc.yellow },
  ];
}
