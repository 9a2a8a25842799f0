import { type Signal, signal } from "@preact/signals";
import type { EpochEvent, FinishedRun, Job } from "../../core/index.js";
import { newRun, type Run, resetRun, type TrainedRun } from "./run.js";

/** An epoch is done. */
export interface TimedEpoch extends EpochEvent {
  /** Of training so far, without the time in which it waited. */
  readonly seconds: number;
}

/** Something that trains one run at a time, such as a worker. */
export interface Trainer {
  /**
   * @param allowed  the last epoch that it may train, until `allow` says another
   * @throws Error with one line; after that, `ended` tells whether it can train others
   */
  train(job: Job, allowed: number, onEpoch: (event: TimedEpoch) => void): Promise<FinishedRun>;
  allow(epoch: number): void;
  readonly ended: boolean;
  end(reason: string): void;
}

export type ExperimentState = "ready" | "running" | "paused" | "done";

/** Between two updates of what is shown, in ms. */
const PACE = 250;

interface Lane {
  trainer: Trainer | undefined;
  run: Run | undefined;
}

/** Runs that are trained side by side: started, paused, taken on by an epoch, stopped. */
export class Experiment {
  readonly runs: readonly Run[];
  readonly state: Signal<ExperimentState>;
  /** Goes up a few times a second while runs change: training reports much more often than anybody can read. */
  readonly #changes = signal(0);
  #announcing: ReturnType<typeof setTimeout> | undefined;
  readonly #lanes: Lane[];
  readonly #startTrainer: () => Trainer;
  readonly #onTrained: (trained: TrainedRun) => void;

  /**
   * @param jobs  in the order in which they are to be trained
   * @param known  what is trained already
   * @param lanes  how many to train at the same time
   * @param onTrained  told of each run that is done
   */
  constructor(
    jobs: readonly Job[],
    known: (id: string) => TrainedRun | undefined,
    lanes: number,
    startTrainer: () => Trainer,
    onTrained: (trained: TrainedRun) => void,
  ) {
    this.runs = jobs.map((job) => newRun(job, known(job.id)));
    const most = Math.min(lanes, this.runs.filter(({ status }) => status !== "finished").length);
    this.#lanes = Array.from({ length: most }, () => ({ trainer: undefined, run: undefined }));
    this.state = signal(most === 0 ? "done" : "ready");
    this.#startTrainer = startTrainer;
    this.#onTrained = onTrained;
  }

  /** Has a component that calls this render again as runs change. */
  watch(): number {
    return this.#changes.value;
  }

  /** Trains on, everything that is left. */
  start(): void {
    this.#advance("running", () => Number.POSITIVE_INFINITY);
  }

  /** Takes every run that is being trained on by one epoch; at first, the first run of each lane. */
  step(): void {
    this.#advance("paused", ({ run }) => (run?.epoch ?? 0) + 1);
  }

  /** Has every run wait after its present epoch. */
  pause(): void {
    this.state.value = "paused";
    for (const { trainer, run } of this.#lanes) if (run) trainer?.allow(0);
  }

  /** Gives up what is being trained; what is done stays. */
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

  /** Trains runs that failed again; while it is paused, when it goes on. */
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

  /** Trains what waits, one run after the other. */
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
    lane.trainer ??= this.#startTrainer();
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
      // One that diverged has come to its end early.
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
