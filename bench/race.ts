import { median } from "pairlab";
import { CHECK, expectSame, type Losses } from "./check.js";
import { Refused } from "./child.js";
import type { Contestant, Runner } from "./contestant.js";
import type { Task } from "./task.js";

const WARM_UP = 2;

export interface Raced {
  readonly name: string;
  readonly settings: string;
  /** Milliseconds of a training epoch. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Epochs counted. */
  readonly turns: number;
  /** The losses of the checked batch, from the common starting weights. */
  readonly loss: number;
}

/** A contestant whose library cannot train the network in this form, and why. */
export interface Refusing {
  readonly name: string;
  readonly settings: string;
  readonly cannot: string;
}

export type Result = Raced | Refusing;

interface Racing {
  readonly contestant: Contestant;
  readonly runner: Runner;
  readonly losses: Losses;
  readonly times: number[];
}

/**
 * Trains one network by all contestants, an epoch each in turn, so that all meet the same machine.
 *
 * @throws Error naming whoever does not compute the first contestant's loss
 */
export async function race(
  contestants: readonly Contestant[],
  task: Task,
  turns: number,
  check = CHECK,
): Promise<Result[]> {
  const runners: Runner[] = [];
  try {
    const results = new Map<Contestant, Result>();
    const racing: Racing[] = [];
    for (const contestant of contestants) {
      const runner = await contestant.start(task);
      runners.push(runner);
      try {
        const losses = await runner.check(check.steps);
        expectSame(contestant.name, losses, racing[0]?.losses ?? losses, check);
        racing.push({ contestant, runner, losses, times: [] });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { name, settings } = contestant;
        results.set(contestant, { name, settings, cannot: error.message });
      }
    }
    for (let turn = 0; turn < WARM_UP + turns; turn++)
      for (let place = 0; place < racing.length; place++) {
        // Each turn begins with another contestant, so that none always follows the same one.
        const { runner, times } = racing[(turn + place) % racing.length] as Racing;
        // An epoch refills the caches after the others, as if only this contestant trained.
        await runner.epoch();
        const milliseconds = await runner.epoch();
        if (turn >= WARM_UP) times.push(milliseconds);
      }
    for (const racer of racing) results.set(racer.contestant, summary(racer));
    return contestants.map((contestant) => results.get(contestant) as Result);
  } finally {
    for (const runner of runners) runner.stop();
  }
}

function summary({ contestant: { name, settings }, losses, times }: Racing): Raced {
  const turns = times.length;
  const [least, most] = [Math.min(...times), Math.max(...times)];
  return { name, settings, median: median(times), least, most, turns, loss: losses.start };
}
