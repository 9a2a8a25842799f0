/** The times that a run records. */
export interface RunTimes {
  /** The wall-clock time of the run in seconds. It includes evaluations and, if the run drew its pairs, drawing them. */
  readonly seconds: number;
  /**
   * The processor time of the thread that ran it, or of all its threads, in seconds: without the time in which the machine did other work.
   * Absent where the runtime does not tell it, as browsers do not, and in runs of earlier versions.
   */
  readonly processorSeconds?: number;
  /**
   * The least time in seconds that this thread took, until the run ended, for the fixed work of a `yardstick`. Processor times that are
   * divided by it can be compared between machines. Absent where the processor time is.
   */
  readonly yardstickSeconds?: number;
}

/** What tells a thread's processor time. */
export interface ProcessorClock {
  /** The thread's processor time in milliseconds. */
  readonly now: () => number;
  /** Milliseconds that the thread takes for the fixed work, as the function of this name measures it. */
  readonly yardstick?: () => number;
}

/** A run's processor time from now on, after that before; nothing if that is not known. */
export function processorTimes(
  { now, yardstick }: ProcessorClock,
  before: RunTimes | undefined,
): () => Pick<RunTimes, "processorSeconds" | "yardstickSeconds"> {
  const started = now();
  return () => {
    const yardstickSeconds = yardstick && yardstick() / 1000;
    const earlier = before ? convertedTime(before, yardstickSeconds) : 0;
    if (earlier === undefined) return {};
    return {
      processorSeconds: earlier + (now() - started) / 1000,
      ...(yardstickSeconds !== undefined && { yardstickSeconds }),
    };
  };
}

/** The processor time that another thread recorded, as this thread would have taken it; undefined if that is not known. */
function convertedTime({ processorSeconds, yardstickSeconds: there }: RunTimes, here?: number): number | undefined {
  if (here === undefined) return processorSeconds;
  return processorSeconds === undefined || !there ? undefined : (processorSeconds * here) / there;
}
