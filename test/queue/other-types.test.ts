import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startFrom } from "pairlab";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { PairlabProcess, until } from "../../bench/processes.js";
import { RedisServer } from "../../bench/redis.js";
import { keysOf, PREFIX, queueName, WORKERS_KEY } from "../../src/node/queue/protocol.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { dataset, documentedRights, engine, hashOf, job, send } from "../support/queue.js";

const queue = queueName({ dataset: dataset.identity, engine });
const keys = keysOf(queue);

let folder: TemporaryFolder;
let server: RedisServer;
/** As a user who has the documented rights and no others. */
let url: string;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await RedisServer.start();
  await server.client.call("ACL", "SETUSER", "usual", "on", ">secret", ...documentedRights());
  url = server.url.replace("//", "//usual:secret@");
});
beforeEach(() => server.client.flushall());
afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

/** The line about a key of another type. */
const lineOf = (key: string, type: string): string =>
  `the key ${key} of Redis at ${server.url} must be a ${type}, and somebody has written something else there: delete it, or give the queue a database of its own`;

const ofBullmq = (end: string): string => `${PREFIX}:${queue}:${end}`;
const LASTING: readonly [key: string, type: string][] = [
  [WORKERS_KEY, "set"],
  [ofBullmq("wait"), "list"],
  [ofBullmq("active"), "list"],
  [ofBullmq("delayed"), "sorted set"],
  [ofBullmq("prioritized"), "sorted set"],
  [ofBullmq("stalled"), "set"],
  [ofBullmq("meta"), "hash"],
  [ofBullmq("events"), "stream"],
  [ofBullmq("marker"), "sorted set"],
  [ofBullmq("id"), "string"],
];

/** Writes what is of no type that a queue has at that key. */
const writeOther = (key: string, type: string): Promise<unknown> =>
  type === "string" ? server.client.rpush(key, "a list") : server.client.set(key, "a text");

test.each(LASTING)("a command that starts where %s is no %s ends in one line", async (key, type) => {
  await writeOther(key, type);
  const sent = send(url, [job("quick", 1)], at("command"));
  await expect(sent.done).rejects.toThrow(
    expect.objectContaining({ name: "InvalidRequest", message: lineOf(key, type) }),
  );
  expect(sent.notices()).toEqual([]);
});

test.each(LASTING.slice(0, 2))("a worker that starts where %s is no %s ends in one line", async (key, type) => {
  await writeOther(key, type);
  const worker = PairlabProcess.start(["worker", "--workers", "1"], { PAIRLAB_QUEUE: url });
  expect(await worker.ended).toEqual({ code: 2, signal: null });
  expect(worker.stderr).toBe(`error: ${lineOf(key, type)}\n`);
});

test("a command whose run's job is of another type ends in one line", async () => {
  const { id } = job("quick", 2);
  await writeOther(keys.job(id), "hash");
  await expect(send(url, [job("quick", 2)], at("job")).done).rejects.toThrow(lineOf(keys.job(id), "hash"));
});

test("a worker and a command that wait say once which key somebody has overwritten, and go on when it is gone", async () => {
  const { client } = server;
  const worker = await PairlabProcess.worker({ PAIRLAB_QUEUE: url });
  const other = { ...engine, version: "9.9.9" };
  const waiting = send(url, [job("mlp", 3, {}, other)], at("waiting"), { identity: other });
  await until(() => waiting.notices().some((line) => line.startsWith("no worker at ")));
  const line = lineOf(WORKERS_KEY, "set");
  await client.set(WORKERS_KEY, "a text");
  await worker.says(/^the key pairlab:workers of Redis at /m);
  await until(() => waiting.notices().includes(line));
  await client.del(WORKERS_KEY);
  await until(() => client.exists(WORKERS_KEY));
  const ours = send(url, [job("mlp", 4)], at("ours"));
  expect((await ours.done).map(({ weightsSha256 }) => weightsSha256)).toEqual([hashOf(job("mlp", 4))]);
  await waiting.interrupt();
  await worker.stop();
  expect(waiting.notices().filter((each) => each === line)).toHaveLength(1);
  expect(worker.stderr.split("\n").filter((each) => each === line)).toHaveLength(1);
  expect(worker.stderr).not.toContain("WRONGTYPE");
});

test("a worker that waits and a command that has sent its runs name a list that somebody has overwritten", async () => {
  const worker = await PairlabProcess.worker({ PAIRLAB_QUEUE: url });
  const other = { ...engine, version: "9.9.8" };
  const theirs = keysOf(queueName({ dataset: dataset.identity, engine: other }));
  const waiting = send(url, [job("mlp", 7, {}, other)], at("list"), { identity: other });
  await until(() => server.client.llen(theirs.waiting));
  for (const key of [keys.active, theirs.active]) await writeOther(key, "list");
  await expect(waiting.done).rejects.toThrow(lineOf(theirs.active, "list"));
  await worker.says(new RegExp(`^the key ${keys.active} of Redis at `, "m"));
  await worker.stop();
  expect(worker.stderr).not.toContain("WRONGTYPE");
});

test("starting weights are put anew where somebody has written something else in their place", async () => {
  const worker = await PairlabProcess.worker({ PAIRLAB_QUEUE: url });
  const [first] = await send(url, [job("mlp", 5)], at("first")).done;
  const bytes = await readFile(at("first", first?.id ?? "", "weights.safetensors"));
  const started = startFrom(job("mlp", 6), { name: "weights", bytes });
  const { startingWeights } = started;
  const key = keys.start(started.job.config.startingWeights?.sha256 ?? "");
  await writeOther(key, "string");
  const sent = send(url, [started.job], at("started"), { startingWeights });
  expect((await sent.done).map(({ weightsSha256 }) => weightsSha256)).toEqual([hashOf(started.job, startingWeights)]);
  expect(sent.notices()).toEqual([]);
  await worker.stop();
});
