import { nameOf } from "../../../runs/claims.js";
import type { JobEvent } from "../../../workers/trainer.js";

/** One line about something that the user should know although work goes on; undefined for other events. */
export function trouble(event: JobEvent): string | undefined {
  if (event.kind === "damaged") return `${event.damage}: training it again`;
  if (event.kind === "notice") return event.text;
  if (event.kind !== "waiting") return undefined;
  const { id, architecture, seed } = event.job;
  return `run ${id} (${architecture}, seed ${seed}) is being trained by ${nameOf(event.holder)}: waiting for it`;
}
