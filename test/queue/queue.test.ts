import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { type Job, type RunRecord, startFrom } from "pairlab";
import { engineIdentity, RunStore } from "pairlab/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PairlabProcess, until } from "../../bench/processes.js";
import { RedisServer } from "../../bench/redis.js";
import { keysOf, PREFIX, queuedId, queueName, WORKERS_KEY } from "../../src/node/queue/protocol.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { dataset, documentedRights, engine, hashOf, job, send } from "../support/queue.js";

const PASSWORD = "not-to-be-seen";
const QUEUE = queueName({ dataset: dataset.identity, engine });
const keys = keysOf(QUEUE);

/** What a session in the tests is called that always lives. */
const SESSION = "00000000-0000-4000-8000-000000000000";

let folder: TemporaryFolder;
let server: RedisServer;
/** For a user who can do what the document gives him, and no more. */
let url: string;
let worker: PairlabProcess;
const at = (...names: string[]): string => join(folder.path, ...names);

/** An admin's connection. */
const admin = () => server.client;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await RedisServer.start();
  await admin().call("ACL", "SETUSER", "pairlab", "on", `>${PASSWORD}`, ...documentedRights());
  url = server.url.replace("//", `//pairlab:${PASSWORD}@`);
  worker = await PairlabProcess.worker({ PAIRLAB_QUEUE: url });
});
afterAll(async () => {
  await worker?.stop();
  await server?.stop();
  await folder?.remove();
});

/** Waits until the worker says that it has trained runs, which it says after their results are there; each of them once. */
async function eachTrained(jobs: readonly Job[]): Promise<void> {
  const ids = jobs.map(({ id }) => id);
  const said = () => worker.trained.filter((id) => ids.includes(id));
  await until(() => new Set(said()).size === ids.length);
  expect(said().toSorted()).toEqual(ids.toSorted());
}

const hashes = (records: readonly RunRecord[]) => records.map(({ weightsSha256 }) => weightsSha256);
const few = (first: number, count: number, settings = {}) =>
  Array.from({ length: count }, (_, i) => job(i % 2 ? "quick" : "mlp", first + i, settings));

test("runs of a queue are those of this process, bit for bit, and are sent once", async () => {
  const jobs = few(0, 6);
  const sent = send(url, jobs, at("equal"));
  const records = await sent.done;
  expect(hashes(records)).toEqual(jobs.map((each) => hashOf(each)));
  expect(sent.notices()).toEqual([]);
  const trained = sent.events.flatMap((event) => (event.kind === "done" ? [event] : []));
  expect(trained.map(({ kept, host }) => [kept, typeof host])).toEqual(jobs.map(() => [false, "string"]));
  await eachTrained(jobs);
  for (const record of records) expect(await new RunStore(at("equal")).find(record.id)).toMatchObject({ record });
  // A store that has all needs no queue.
  const again = send("redis://127.0.0.1:1", jobs, at("equal"));
  expect(await again.done).toEqual(records);
});

test("a report, its records and its repeat command do not have the address", async () => {
  const given = ["compare", "mlp", "quick", "--rounds", "1", "--pairs", "20", "--epochs", "1", "--runs", at("told")];
  const compare = PairlabProcess.start([...given, "--out", at("report"), "--queue", server.url], {
    REDIS_PASSWORD: "",
  });
  expect(await compare.ended).toEqual({ code: 0, signal: null });
  expect(compare.stderr).toMatch(/^1\/2 \S+, seed 0: test error \d[\d.]*% \(\d.* s on \S+\)$/m);
  const files = await Promise.all(
    ["told", "report"].map((name) => readdir(at(name), { recursive: true, withFileTypes: true })),
  );
  const texts = await Promise.all(
    files.flat().flatMap((file) => (file.isFile() ? [readFile(join(file.parentPath, file.name), "latin1")] : [])),
  );
  expect(texts.length).toBeGreaterThan(8);
  for (const text of texts) for (const secret of ["redis:", String(server.port)]) expect(text).not.toContain(secret);
});

test("two submitters at once have each run trained once", async () => {
  const jobs = few(100, 8);
  const both = [send(url, jobs, at("one")), send(url, jobs.toReversed(), at("other"))];
  const [one, other] = (await Promise.all(both.map(({ done }) => done))) as [RunRecord[], RunRecord[]];
  expect(hashes(one)).toEqual(hashes(other.toReversed()));
  await eachTrained(jobs);
});

test("a run that another process trains in the same store is not sent, and waited for", async () => {
  const [held, free] = few(200, 2) as [Job, Job];
  const store = new RunStore(at("shared"));
  const claim = await store.claim(held.id, held);
  const sent = send(url, [held, free], at("shared"));
  await until(() => sent.events.some(({ kind }) => kind === "waiting"));
  expect(worker.trained).not.toContain(held.id);
  await eachTrained([free]);
  // What the other process does when it gives up.
  if ("release" in claim) await claim.release();
  expect(hashes(await sent.done)).toEqual([hashOf(held), hashOf(free)]);
});

test("starting weights go with a job", async () => {
  const [first] = few(0, 1) as [Job];
  const bytes = await readFile(at("equal", first.id, "weights.safetensors"));
  const started = startFrom(job("mlp", 300), { name: "weights", bytes });
  const { startingWeights } = started;
  const sent = send(url, [started.job], at("started"), { startingWeights });
  expect(hashes(await sent.done)).toEqual([hashOf(started.job, startingWeights)]);
});

test("an interrupted command keeps what is done, and the same command goes on", async () => {
  const jobs = [...few(400, 3), ...few(410, 3, { epochs: 300, evaluate: "end" })];
  const first = send(url, jobs, at("resumed"));
  await until(() => first.events.some(({ kind }) => kind === "done"));
  await first.interrupt();
  const kept = first.events.filter(({ kind }) => kind === "done").length;
  const second = send(url, jobs, at("resumed"));
  expect(hashes(await second.done)).toEqual(jobs.map((each) => hashOf(each)));
  expect(second.events.filter((event) => event.kind === "done" && event.kept)).toHaveLength(kept);
});

test("a command shows where its run is trained; once it is interrupted, the worker drops the run", async () => {
  const store = new RunStore(at("command"));
  const given = ["train", "mlp", "--pairs", "20", "--epochs", "100000", "--evaluate", "end", "--runs", at("command")];
  const train = PairlabProcess.start(given, { PAIRLAB_QUEUE: url });
  await train.says(/^epoch \d+\/100000 on \S+$/m);
  // Other processes of this store see that the run is being trained.
  await until(async () => (await store.claimed()).size === 1);
  const [endless] = await store.claimed();
  // Neither the password nor the address that has it is in a process list.
  for (const { pid } of [train, worker])
    expect(await readFile(`/proc/${pid}/cmdline`, "latin1")).not.toContain(PASSWORD);
  train.kill("SIGINT");
  expect(await train.ended).toEqual({ code: 130, signal: null });
  expect(train.stderr).toMatch(/^error: interrupted: 0 of 1 runs? (?:is|are) kept in .+; the same command continues$/m);
  for (const text of [train.stdout, train.stderr, worker.stderr]) expect(text).not.toContain(PASSWORD);
  expect(await store.claimed()).toEqual(new Set());
  // The worker has one thread: what comes next needs it.
  const [next] = few(510, 1) as [Job];
  expect(hashes(await send(url, [next], at("next")).done)).toEqual([hashOf(next)]);
  await eachTrained([next]);
  expect(worker.trained).not.toContain(endless);
});

describe("what others put on a queue", () => {
  let queue: Queue;
  let redis: Redis;
  beforeAll(async () => {
    // What says who asks is no right of this user.
    redis = new Redis(url, { maxRetriesPerRequest: null, disableClientInfo: true });
    queue = new Queue(QUEUE, { connection: redis, prefix: PREFIX });
    await admin().set(keys.session(SESSION), 1);
  });
  afterAll(async () => {
    await queue.close();
    redis.disconnect();
  });

  test("and is no job of it is left out, and the worker goes on", async () => {
    const [good, other] = few(600, 2) as [Job, Job];
    const nested = JSON.parse(`${"[".repeat(1000)}${"]".repeat(1000)}`);
    const foreign = { ...good.config, dataset: { ...good.config.dataset, sha256: "0".repeat(64) } };
    const layers = { ...good.config.network, trunk: [{ kind: "linear", features: 1e9 }] };
    const wrong: unknown[] = [
      null,
      "text",
      nested,
      { job: good },
      { job: good, session: 7 },
      { job: { ...good, seed: good.seed + 1 }, session: SESSION },
      { job: { ...good, config: foreign }, session: SESSION },
      { job: { ...good, config: { ...good.config, network: layers } }, session: SESSION },
      { job: { ...good, config: { ...good.config, epochs: "3" } }, session: SESSION },
      { job: good, session: SESSION, more: 1 },
      { job: other, session: SESSION },
    ];
    for (const [i, data] of wrong.entries())
      await queue.add("run", data, { jobId: `${queuedId(good.id)}-${i}`, removeOnComplete: true, removeOnFail: true });
    // Not even JSON.
    await admin().hset(keys.job("0".repeat(16)), { name: "run", data: "{", opts: "{}", timestamp: 1 });
    await admin().rpush(keys.waiting, queuedId("0".repeat(16)));
    expect(hashes(await send(url, [good], at("good")).done)).toEqual([hashOf(good)]);
    await eachTrained([good]);
    expect(worker.trained).not.toContain(other.id);
    expect(worker.stderr).toMatch(/^a job of the queue is left out: /m);
    await admin().unlink(keys.job("0".repeat(16)));
  });

  test("and is no longer in any list of BullMQ's is sent again", async () => {
    const [lost] = few(650, 1) as [Job];
    await admin().hset(keys.job(lost.id), { name: "run", data: "{}", opts: "{}", timestamp: 1 });
    expect(hashes(await send(url, [lost], at("lost")).done)).toEqual([hashOf(lost)]);
  });

  test("as a result is used only if its weights are those that its record names, and trained again otherwise", async () => {
    const [lied, garbled] = few(700, 2) as [Job, Job];
    const another = few(702, 1)[0] as Job;
    await send(url, [another], at("another")).done;
    const whole = await admin().getBuffer(keys.result(another.id));
    await admin().set(keys.result(lied.id), whole as Buffer, "EX", 60);
    await admin().set(keys.result(garbled.id), "garbled", "EX", 60);
    const sent = send(url, [lied, garbled], at("lied"));
    expect(hashes(await sent.done)).toEqual([hashOf(lied), hashOf(garbled)]);
    expect(sent.notices().filter((line) => / is not used: .+; it is trained again$/.test(line))).toHaveLength(2);
  });

  test.each([
    ["GET", "others"],
    ["SET", "others", "x"],
    ["EVAL", "return redis.call('get', 'others')", "0"],
    ["KEYS", "*"],
    ["SCAN", "0"],
    ["FLUSHALL"],
    ["CONFIG", "GET", "*"],
    ["PUBLISH", "pairlab", "x"],
    ["ACL", "LIST"],
  ])("by its rights: not %s", async (command, ...words) => {
    expect(await refusals()).toEqual([]);
    await expect(redis.call(command, ...words)).rejects.toThrow(/NOPERM|ACL failure|can't access/);
    await admin().call("ACL", "LOG", "RESET");
  });
});

/** What Redis did not permit the queue's user since that was asked last. */
async function refusals(): Promise<string[]> {
  const log = (await admin().call("ACL", "LOG")) as unknown[][];
  return log.map((entry) => entry.slice(0, 8).join(" "));
}

test("a run that fails on workers ends the command with their words, and their machine", async () => {
  const impossible = job("mlp", 800, { trainPairs: 59_000 });
  const sent = send(url, [impossible], at("failed"));
  await expect(sent.done).rejects.toThrow(/^run [0-9a-f]{16} \(mlp, seed 800\) failed 3 times: \S+: .*59,?000/);
  expect(sent.notices()[0]).toMatch(/^run \S+ \(mlp, seed 800\) failed on \S+: .+; it is tried again$/);
});

test("workers of another version take nothing, and the submitter says of what they are", async () => {
  const identity = { ...engine, version: "9.9.9" };
  const sent = send(url, [job("mlp", 900, {}, identity)], at("version"), { identity });
  await until(() => sent.notices().length > 0);
  expect(sent.notices()).toEqual([
    `no worker at ${server.url} has pairlab 9.9.9 with MNIST: 1 is of pairlab ${engine.version} with MNIST; waiting for one (pairlab worker)`,
  ]);
  await sent.interrupt();
});

test("a run of the fused build waits for a worker of it, which trains it to the bits of this process", async () => {
  const identity = engineIdentity("fused");
  const fused = job("quick", 901, {}, identity);
  const sent = send(url, [fused], at("fused"), { identity });
  await until(() => sent.notices().length > 0);
  expect(sent.notices()).toEqual([
    `no worker at ${server.url} has pairlab ${engine.version} --simd fused with MNIST: 1 is of pairlab ${engine.version} with MNIST; waiting for one (pairlab worker --simd fused)`,
  ]);
  const other = await PairlabProcess.worker({ PAIRLAB_QUEUE: url }, "--simd", "fused");
  expect(hashes(await sent.done)).toEqual([hashOf(fused)]);
  other.kill("SIGTERM");
  expect(await other.ended).toEqual({ code: 0, signal: null });
});

test("a full Redis is waited for by both sides, and nothing is lost", async () => {
  const jobs = few(1000, 4);
  const used = /used_memory:(\d+)/.exec(await admin().info("memory"))?.[1];
  await admin().config("SET", "maxmemory", Math.ceil(Number(used) * 1.1));
  await worker.says(/^Redis uses over 80% of its maxmemory: no run is taken until there is room$/m);
  const sent = send(url, jobs, at("full"));
  await until(() => sent.notices().length > 0);
  expect(sent.notices()).toEqual(["Redis uses over 80% of its maxmemory: 4 runs are sent when there is room"]);
  await admin().config("SET", "maxmemory", "256mb");
  expect(hashes(await sent.done)).toEqual(jobs.map((each) => hashOf(each)));
});

test("a command that may not look at results says so, and leaves them", async () => {
  await admin().call("ACL", "SETUSER", "weak", "on", `>${PASSWORD}`, ...documentedRights(), "-strlen");
  const looked = job("mlp", 1050);
  await send(url, [looked], at("strong")).done;
  const sent = send(server.url.replace("//", `//weak:${PASSWORD}@`), [looked], at("weak"));
  await expect(sent.done).rejects.toThrow(/^the user at \S+ has not all rights that a queue needs/);
  expect(await admin().exists(keys.result(looked.id))).toBe(1);
  await admin().call("ACL", "LOG", "RESET");
  await admin().call("ACL", "DELUSER", "weak");
});

test("a Redis that throws keys away when it is full is refused", async () => {
  await admin().config("SET", "maxmemory-policy", "allkeys-lru");
  await expect(send(url, few(1050, 1), at("policy")).done).rejects.toThrow(
    `Redis at ${server.url} throws keys away when it is full (maxmemory-policy allkeys-lru): set maxmemory-policy noeviction`,
  );
  await admin().config("SET", "maxmemory-policy", "noeviction");
});

test("a worker that is asked to end finishes its run first", async () => {
  const long = job("mlp", 1100, { epochs: 1500, evaluate: "end" });
  const sent = send(url, [long], at("ended"));
  await until(async () => (await admin().lrange(keys.active, 0, -1)).includes(queuedId(long.id)));
  worker.kill("SIGTERM");
  expect(hashes(await sent.done)).toEqual([hashOf(long)]);
  expect(await worker.ended).toEqual({ code: 0, signal: null });
  await eachTrained([long]);
  expect(await admin().smembers(WORKERS_KEY)).toEqual([]);
  // It has ended all that it has begun: none of these runs killed it.
  expect(await admin().keys(`${QUEUE}:begun:*`)).toEqual([]);
  // With these rights all of it was permitted, beside what a test above tried.
  expect(await refusals()).toEqual([]);
});
