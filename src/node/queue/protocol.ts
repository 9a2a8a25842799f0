import { createHash } from "node:crypto";
import { type Check, fields, listOf, name, oneOf, partly, refuse, within } from "../../core/checks.js";
import { InvalidRequest } from "../../core/errors.js";
import { parseJson } from "../../core/formats/parse-json.js";
import { inShort } from "../../core/given.js";
import { BUILDS, SEEDS, WORKERS } from "../../core/limits.js";
import { checkJob, type DatasetIdentity, type EngineIdentity, type Job } from "../../core/training/job.js";
import { isRunId } from "../runs/layout.js";
import { configSchema } from "../runs/schema.js";

/**
 * What is said on a queue, and how. A change of it gets another number, once a version with the number before was released. What workers
 * say of themselves has no part in it: workers of all numbers say it in one place, and `readState` reads it.
 */
const PROTOCOL = 1;

/** What the keys of BullMQ begin with. All other keys begin with the same word, as an access list has it. */
export const PREFIX = "pairlab";

/** Seconds that keys live without being refreshed. */
export const LIVES = {
  session: 30,
  worker: 30,
  result: 600,
  fetched: 15,
  failures: 600,
  start: 600,
  begun: 86_400,
} as const;

/** How often submitters and workers say that they live, in milliseconds. */
export const BEAT_MS = 1000;

/** The most bytes of a result and of starting weights: those of sixteen million weights. The largest network here has under one million. */
export const MOST_BYTES = 2 ** 26;
/** Of what a worker says of itself: two hundred bytes a run in training would be many. */
export const MOST_STATE_BYTES = 2 ** 16;
/** Of a host, of images and of a version, in characters. */
export const MOST_NAME = 255;
/** Workers that a submitter looks at, of all queues. */
export const MOST_WORKERS = 2000;
/** Workers that have begun one run. */
export const MOST_BEGUN = 20;
/** Of all lines about one run that failed. */
export const MOST_FAILURE_BYTES = 2 ** 12;

/** What workers and submitters have alike, so that the same bits come of a job. */
export interface Equipment {
  readonly engine: EngineIdentity;
  readonly dataset: DatasetIdentity;
}

/** In words: "pairlab 0.1.0 --simd fused with MNIST". @param dataset  the images' name */
export const inWords = ({ version, simd }: Pick<EngineIdentity, "version" | "simd">, dataset: string): string =>
  `pairlab ${version}${simd === "base" ? "" : ` --simd ${simd}`} with ${dataset}`;

/** The name of the queue of all who have the same: who has something else listens elsewhere, so that nothing need be refused. */
export function queueName({ engine, dataset }: Equipment): string {
  const parts = JSON.stringify([PROTOCOL, engine.version, engine.kernels, dataset.sha256]);
  return `pairlab-${PROTOCOL}-${createHash("sha256").update(parts).digest("hex").slice(0, 12)}`;
}

/** Of the workers of all queues: the ends of their keys. */
export const WORKERS_KEY = `${PREFIX}:workers`;
const WORKER = /^[0-9a-f-]{36}$/;
export const isWorkerId = (text: string): boolean => WORKER.test(text);
export const workerKey = (worker: string): string => `${PREFIX}:worker:${worker}`;

/** BullMQ's id of a job. Ids of digits alone would mean something else to it. */
export const queuedId = (run: string): string => `r-${run}`;

/** The keys of a queue that are not BullMQ's, and where BullMQ keeps a job. */
export const keysOf = (queue: string) =>
  ({
    job: (run: string) => `${PREFIX}:${queue}:${queuedId(run)}`,
    /** What all keys of jobs begin with, before BullMQ's ids. */
    jobs: `${PREFIX}:${queue}:`,
    waiting: `${PREFIX}:${queue}:wait`,
    active: `${PREFIX}:${queue}:active`,
    result: (run: string) => `${queue}:result:${run}`,
    failures: (run: string) => `${queue}:error:${run}`,
    /** The ids of workers that have begun the run and not ended it: where one of them is gone, it died. */
    begun: (run: string) => `${queue}:begun:${run}`,
    session: (session: string) => `${queue}:session:${session}`,
    start: (sha256: string) => `${queue}:start:${sha256}`,
  }) as const;

export type Keys = ReturnType<typeof keysOf>;

/** What BullMQ carries. */
export interface QueuedJob {
  readonly job: Job;
  /** Who asked for it: a key that lives as long as somebody waits for the run. */
  readonly session: string;
}

const SESSION = /^[0-9a-f-]{36}$/;

/** The text of the last configuration that was right: most jobs have the one before's. */
let known = "";

function config(value: unknown, what: string): void {
  const text = JSON.stringify(value);
  if (text === known) return;
  if (!configSchema.safeParse(value).success) refuse(what, "a run's configuration", value);
  known = text;
}

const QUEUED = fields({
  job: fields({
    id: (value, what) => {
      if (!isRunId(value)) refuse(what, "a run's id", value);
    },
    architecture: name,
    seed: within(SEEDS),
    config,
  }),
  session: (value, what) => {
    if (typeof value !== "string" || !SESSION.test(value)) refuse(what, "a session", value);
  },
});

/**
 * What a message asks for.
 *
 * @param id  under which it came
 * @throws InvalidRequest where it is no job, has another's id, or is of other images or another engine
 */
export function readQueued(message: unknown, id: string | undefined, { engine, dataset }: Equipment): QueuedJob {
  QUEUED(message, "the message");
  const { job, session } = message as QueuedJob;
  checkJob(job);
  if (id !== queuedId(job.id)) throw new InvalidRequest(`run ${job.id} came as ${inShort(String(id))}`);
  const { kernels, simd, version } = job.config.engine;
  if (job.config.dataset.sha256 !== dataset.sha256) throw new InvalidRequest(`run ${job.id} is of other images`);
  if (kernels !== engine.kernels || simd !== engine.simd || version !== engine.version)
    throw new InvalidRequest(`run ${job.id} is of another engine`);
  return { job, session };
}

/**
 * What a worker says of itself, each second, for submitters of all versions. Those of its own queue are of its version, since a queue's
 * name has that. Others only count it, to say which workers there are. A submitter does not see one that lacks a field: nothing is put
 * in its place, and the worker takes its jobs all the same.
 */
export interface WorkerState {
  readonly queue: string;
  readonly version: string;
  readonly simd: EngineIdentity["simd"];
  /** The name of its images. */
  readonly dataset: string;
  readonly host: string;
  readonly threads: number;
  /** The runs that it trains, each with its epochs so far. */
  readonly running: readonly { readonly id: string; readonly epoch: number }[];
}

const epochs: Check = within({ least: 0, most: Number.MAX_SAFE_INTEGER, whole: true });
const short: Check = (value, what) => {
  if (typeof value !== "string" || value.length > MOST_NAME)
    refuse(what, `a text of at most ${MOST_NAME} characters`, value);
};
/** Later versions may say more, and none may leave out what an earlier one says. */
const STATE = partly({
  queue: name,
  version: short,
  simd: oneOf(BUILDS),
  dataset: short,
  host: short,
  threads: within(WORKERS),
  running: listOf(partly({ id: name, epoch: epochs })),
});
/** An object, its list of runs, and a run. */
const STATE_LEVELS = 3;

/** What a worker said; undefined where a field is missing or of another kind: no worker of this version or a later one says such a thing. */
export function readState(text: string): WorkerState | undefined {
  try {
    const state = parseJson(text, STATE_LEVELS);
    STATE(state, "a worker");
    return state as WorkerState;
  } catch {
    return undefined;
  }
}
