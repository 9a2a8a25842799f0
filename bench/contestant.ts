import type { Losses } from "./check.js";
import type { Task } from "./task.js";

/** A form in which a library takes part. */
export interface Contestant {
  /** As the tables and results.json name it. */
  readonly name: string;
  /** What makes this form what it is. */
  readonly settings: string;
  start(task: Task): Promise<Runner>;
}

/** A contestant with one network in its memory. */
export interface Runner {
  /**
   * The loss of the task's batch in training mode without dropout, from the task's weights; and the loss of the same batch
   * after `steps` steps of Adam on it, which only right gradients give.
   *
   * @throws Refused where the library cannot train this network
   */
  check(steps: number): Promise<Losses>;
  /** Trains an epoch, dropout on, and gives its milliseconds. */
  epoch(): Promise<number>;
  stop(): void;
}
