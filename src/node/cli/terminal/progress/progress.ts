import type { JobEvent } from "../../../workers/trainer.js";

/** Something that shows how far jobs have come. */
export interface Progress {
  show(event: JobEvent): void;
  /** After the last event, whether the jobs are done or not. */
  end(): void;
}
