import { readFileSync } from "node:fs";
import {
  DIGIT_PAIRS,
  type EngineIdentity,
  type Job,
  makeJob,
  type RunRecord,
  runJob,
  type SettingOverrides,
} from "pairlab";
import {
  engineIdentity,
  type JobEvent,
  loadDataset,
  loadKernels,
  queueTrainer,
  type RunJobsOptions,
  RunStore,
  runJobs,
} from "pairlab/node";

export const dataset = await loadDataset();
export const engine = engineIdentity("base");
const kernels = loadKernels();

/** Of few pairs: a run takes some milliseconds. */
const FEW = { epochs: 1, trainPairs: 20, testPairs: 20 };

/** A job on MNIST. */
export const job = (
  name: string,
  seed: number,
  settings: SettingOverrides = {},
  other: Partial<EngineIdentity> = {},
): Job =>
  makeJob(name, seed, { ...dataset.identity, shape: DIGIT_PAIRS }, { ...engine, ...other }, { ...FEW, ...settings });

/** The weights' SHA-256 that this process trains a job to. */
export function hashOf(each: Job, startingWeights?: Uint8Array): string {
  const kernels = loadKernels(each.config.engine.simd);
  const run = runJob(each, dataset, kernels, () => 0, undefined, startingWeights);
  let step = run.next();
  while (!step.done) step = run.next();
  return step.value.record.weightsSha256;
}

/** Jobs on their way through a queue to a store. */
export interface Sent {
  readonly events: readonly JobEvent[];
  /** What was to be known. */
  notices(): string[];
  readonly done: Promise<RunRecord[]>;
  /** As Ctrl-C does. */
  interrupt(): Promise<void>;
}

/** Sends jobs from this process. @param url  as whom, and where */
export function send(
  url: string,
  jobs: readonly Job[],
  folder: string,
  { identity = engine, ...more }: { readonly identity?: EngineIdentity } & Partial<RunJobsOptions> = {},
): Sent {
  const events: JobEvent[] = [];
  const stop = new AbortController();
  const trainer = queueTrainer(url, { dataset: dataset.identity, engine: identity });
  const done = runJobs(jobs, {
    ...{ dataset, kernels, threads: [], trainer, store: new RunStore(folder), signal: stop.signal },
    onEvent: (event) => events.push(event),
    ...more,
  }).finally(() => trainer.close());
  // Whoever waits for it hears of it.
  done.catch(() => {});
  return {
    events,
    notices: () => events.flatMap((event) => (event.kind === "notice" ? [event.text] : [])),
    done,
    async interrupt() {
      stop.abort(new Error("interrupted"));
      await done.catch(() => {});
    },
  };
}

/** The commands of Redis that docs/cluster.md gives to a queue's user, as ACL SETUSER takes them. */
export function documentedRights(): string[] {
  const text = readFileSync("docs/cluster.md", "utf8");
  const line = /^user pairlab on >\S+ (.+)$/m.exec(text)?.[1];
  if (!line) throw new Error("docs/cluster.md has no line of an access list");
  return line.split(" ");
}
