import { type Signal, signal } from "@preact/signals";
import type { EpochEvent, FinishedRun, Job } from "../../core/index.js";
import { newRun, type Run, resetRun, type TrainedRun } from "./run.js";

/** Reported after each epoch. */
export interface TimedEpoch extends EpochEvent {
  /** The time of training so far, without pauses. */
  readonly seconds: number;
}

/** Something that trains one run at a time, such as a worker. */
export interface Trainer {
  /**
   * @param allowed  the last epoch that it may train, until `allow` sets another
   * @throws Error with one line; `ended` then says whether it can train other runs
   */
  train(job: Job, allowed: number, onEpoch: (event: TimedEpoch) => void): Promise<FinishedRun>;
  allow(epoch: number): void;
  readonly ended: boolean;
  end(reason: string): void;
}

export type ExperimentState = "ready" | "running" | "paused" | "done";

/** The time between two updates of the page, in ms. */
const PACE = 250;

interface Lane {
  trainer: Trainer | undefined;
  run: Run | undefined;
}

/** Runs that are trained side by side. They can be started, paused, stopped or trained by one epoch. */
export class Experiment {
  readonly runs: readonly Run[];
  readonly state: Signal<ExperimentState>;
  /** Grows a few times a second while runs change. Training reports more often than anyone can read. */
  readonly #changes = signal(0);
  #announcing: ReturnType<typeof setTimeout> | undefined;
  readonly #lanes: Lane[];
  readonly #cores: number;
  readonly #startTrainer: (cores: number) => Trainer;
  readonly #onTrained: (trained: TrainedRun) => void;

  /**
   * @param jobs  in the order in which they are to be trained
   * @param known  gives a run that is already trained
   * @param lanes  how many runs are trained at the same time
   * @param startTrainer  gets how many cores are its own, where fewer runs than `lanes` are left
   * @param onTrained  called with each finished run
   */
  constructor(
    jobs: readonly Job[],
    known: (id: string) => TrainedRun | undefined,
    lanes: number,
    startTrainer: (cores: number) => Trainer,
    onTrained: (trained: TrainedRun) => void,
  ) {
    this.runs = jobs.map((job) => newRun(job, known(job.id)));
    const most = Math.min(lanes, this.runs.filter(({ status }) => status !== "finished").length);
    this.#lanes = Array.from({ length: most }, () => ({ trainer: undefined, run: undefined }));
    this.state = signal(most === 0 ? "done" : "ready");
    this.#cores = Math.max(1, Math.floor(lanes / Math.max(1, most)));
    this.#startTrainer = startTrainer;
    this.#onTrained = onTrained;
  }

  /** A component that calls this is rendered again when runs change. */
  watch(): number {
    return this.#changes.value;
  }

  /** Trains everything that is left. */
  start(): void {
    this.#advance("running", () => Number.POSITIVE_INFINITY);
  }

  /** Trains one more epoch of every run in training. At the start these are the first run of each lane. */
  step(): void {
    this.#advance("paused", ({ run }) => (run?.epoch ?? 0) + 1);
  }

  /** Every run waits after its present epoch. */
  pause(): void {
    this.state.value = "paused";
    for (const { trainer, run } of this.#lanes) if (run) trainer?.allow(0);
  }

  /** Drops the runs in training. Finished runs stay. */
  stop(): void {
    this.state.value = "ready";
    for (const lane of this.#lanes) {
      const { trainer, run } = lane;
      Object.assign(lane, { trainer: undefined, run: undefined });
      if (run) resetRun(run);
      trainer?.end("it was stopped");
    }
    this.#changed();
  }

  /** Trains failed runs again, after a pause if there is one. */
  retry(): void {
    for (const run of this.runs) if (run.status === "failed") resetRun(run);
    if (this.state.value !== "paused") this.start();
    this.#changed();
  }

  #advance(state: "running" | "paused", allowed: (lane: Lane) => number): void {
    this.state.value = state;
    for (const lane of this.#lanes) {
      if (lane.run) lane.trainer?.allow(allowed(lane));
      else void this.#work(lane, allowed(lane));
    }
  }

  /** Trains waiting runs, one after another. */
  async #work(lane: Lane, allowed: number): Promise<void> {
    const run = this.runs.find(({ status }) => status === "waiting");
    if (!run) {
      lane.trainer?.end("there was nothing left to train");
      lane.trainer = undefined;
      if (this.#lanes.every((each) => !each.run)) this.state.value = "done";
      return;
    }
    lane.run = run;
    run.status = "training";
    lane.trainer ??= this.#startTrainer(this.#cores);
    const { trainer } = lane;
    this.#changed();
    const isCurrent = () => lane.run === run;
    try {
      const finished = await trainer.train(run.job, allowed, (event) => {
        if (isCurrent()) this.#hear(run, event);
      });
      if (!isCurrent()) return;
      run.trained = { record: finished.record, weights: new Blob([finished.weights]) };
      run.status = "finished";
      // A run that diverged has fewer epochs.
      run.epoch = run.job.config.epochs;
      run.seconds = finished.record.seconds;
      this.#onTrained(run.trained);
    } catch (error) {
      if (!isCurrent()) return;
      run.status = "failed";
      run.failure = error instanceof Error ? error.message : String(error);
      if (trainer.ended) lane.trainer = undefined;
    }
    lane.run = undefined;
    this.#changed();
    if (this.state.value === "running") await this.#work(lane, Number.POSITIVE_INFINITY);
    else if (this.runs.every(({ status }) => status === "finished" || status === "failed")) this.state.value = "done";
  }

  #hear(run: Run, { epoch, result, seconds }: TimedEpoch): void {
    run.epoch = epoch;
    if (result) run.results.push(result);
    run.seconds = seconds;
    this.#changed();
  }

  #changed(): void {
    this.#announcing ??= setTimeout(() => {
      this.#announcing = undefined;
      this.#changes.value++;
    }, PACE);
  }
}
