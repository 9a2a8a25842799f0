import { InvalidRequest } from "../../errors.js";
import type { Job } from "../../training/job.js";
import { type Apparatus, jobsFor, type RunRequest } from "../shared/apparatus.js";
import { type RoundsOptions, roundRequests } from "../shared/round-requests.js";
import type { TunedRow } from "./optimizer-search.js";
import { requireDifferent } from "./require-different.js";
import { isPlain, type NamedVariant } from "./variants.js";

/**
 * The jobs of each variant, in the order of its rounds; each tuning has its own.
 *
 * @throws InvalidRequest as `jobsFor`, and where two variants are the same network with the same settings, or share a run
 */
export function jobsOfVariants(rows: readonly TunedRow[], options: RoundsOptions, apparatus: Apparatus): Job[][] {
  const variants = rows.map(({ row }) => row);
  const tunings = rows[0]?.tuned.length ?? 1;
  const requests = Array.from({ length: tunings }, (_, t) =>
    roundRequests(
      rows.map(({ tuned }) => tuned[t] as NamedVariant),
      { ...options, seed: options.seed + t * options.rounds },
    ),
  ).flat();
  const jobs = variants.map((variant, i) =>
    jobsOf(
      variant,
      requests.filter((_, at) => at % variants.length === i),
      apparatus,
    ),
  );
  requireDifferent(variants.map(({ name }, i) => ({ name, config: jobs[i]?.[0]?.config })));
  requireDifferentRuns(variants, jobs);
  return jobs;
}

/** A stream whose seed is that of a round makes the run of that round. @throws InvalidRequest where two variants share a run */
function requireDifferentRuns(variants: readonly NamedVariant[], jobs: readonly (readonly Job[])[]): void {
  const known = new Map<string, string>();
  variants.forEach(({ name }, i) => {
    for (const { id, seed } of jobs[i] ?? []) {
      const other = known.get(id);
      if (other !== undefined)
        throw new InvalidRequest(
          `${other} and ${name} are one and the same run in the round of seed ${seed}: give streams seeds that no round has`,
        );
      known.set(id, name);
    }
  });
}

/** A variant's runs, in the order of their rounds. An error in its settings names the variant. */
function jobsOf(variant: NamedVariant, requests: readonly RunRequest[], apparatus: Apparatus): Job[] {
  try {
    return jobsFor(apparatus, requests);
  } catch (error) {
    if (!(error instanceof InvalidRequest) || isPlain(variant)) throw error;
    const { message } = error.cause instanceof InvalidRequest ? error.cause : error;
    throw new InvalidRequest(`${variant.name}: ${message}`);
  }
}
