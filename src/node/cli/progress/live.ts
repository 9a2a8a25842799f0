import { createLogUpdate } from "log-update";
import pc from "picocolors";
import { duration, percent } from "../../../core/experiments/format.js";
import { mean } from "../../../core/statistics/moments.js";
import type { Job } from "../../../core/training/config.js";
import type { Progress } from "./progress.js";
import { trouble } from "./trouble.js";

const BAR = 24;
const REDRAW_MS = 80;

interface Row {
  readonly name: string;
  readonly rounds: number;
  readonly epochsEach: number;
  /** Epochs done in runs that are under way, by run. */
  readonly underWay: Map<string, number>;
  readonly testErrors: number[];
}

/** One view redrawn in place: each architecture's progress, rounds done, error so far, and the time left. */
export function liveProgress(jobs: readonly Job[], stream: NodeJS.WriteStream): Progress {
  const draw = createLogUpdate(stream);
  const rows = [...new Set(jobs.map(({ architecture }) => architecture))].map((name): Row => {
    const own = jobs.filter(({ architecture }) => architecture === name);
    return {
      name,
      rounds: own.length,
      epochsEach: own[0]?.config.epochs ?? 0,
      underWay: new Map(),
      testErrors: [],
    };
  });
  const started = performance.now();
  let troubles: string[] = [];
  /** Epochs that this process has trained, for the time left. */
  let trained = 0;
  const redraw = () => draw([...troubles, ...rows.map(describe), pc.dim(timeLeft())].join("\n"));

  function timeLeft(): string {
    const left = rows.reduce((sum, row) => sum + row.rounds * row.epochsEach - epochsDone(row), 0);
    const elapsed = (performance.now() - started) / 1000;
    const estimate = trained > 0 && left > 0 ? `, about ${duration((elapsed / trained) * left)} left` : "";
    return `${duration(elapsed)}${estimate}`;
  }

  const timer = setInterval(redraw, REDRAW_MS);
  redraw();
  return {
    show(event) {
      const row = rows.find(({ name }) => name === event.job.architecture);
      if (!row) return;
      const line = trouble(event);
      if (line) troubles = [...troubles, pc.yellow(line)];
      if (event.kind === "epoch") {
        row.underWay.set(event.job.id, event.epoch.epoch);
        trained++;
      }
      if (event.kind === "done") {
        row.underWay.delete(event.job.id);
        row.testErrors.push(event.record.testError);
      }
    },
    end() {
      clearInterval(timer);
      redraw();
      draw.done();
    },
  };
}

const epochsDone = ({ underWay, testErrors, epochsEach }: Row): number =>
  [...underWay.values()].reduce((sum, epochs) => sum + epochs, testErrors.length * epochsEach);

function describe(row: Row): string {
  const share = epochsDone(row) / (row.rounds * row.epochsEach);
  const filled = Math.round(share * BAR);
  const bar = pc.cyan("█".repeat(filled)) + pc.dim("░".repeat(BAR - filled));
  const rounds = `${row.testErrors.length}/${row.rounds}`.padStart(7);
  const error = row.testErrors.length > 0 ? `  test error ${percent(mean(row.testErrors))}` : "";
  return `${row.name.padEnd(26)} ${bar} ${rounds}${error}`;
}
