import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PairlabProcess, until } from "../../bench/processes.js";
import { RedisServer } from "../../bench/redis.js";
import { keysOf, queuedId, queueName, WORKERS_KEY, workerKey } from "../../src/node/queue/protocol.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { dataset, documentedRights, engine, hashOf, job, send } from "../support/queue.js";

const keys = keysOf(queueName({ dataset: dataset.identity, engine }));

let folder: TemporaryFolder;
let server: RedisServer;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await RedisServer.start();
});
afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

const startWorker = (url: string) => PairlabProcess.start(["worker", "--workers", "1"], { PAIRLAB_QUEUE: url });

const startCommand = (url: string, name: string) =>
  PairlabProcess.start(["train", "quick", "--epochs", "1", "--pairs", "20", "--runs", at(name)], {
    PAIRLAB_QUEUE: url,
  });

describe("a worker that starts", () => {
  test.each(["sadd", "evalsha"])("without the right to %s ends in one line", async (missing) => {
    const user = `without-${missing}`;
    await server.client.call("ACL", "SETUSER", user, "on", ">secret", ...documentedRights(), `-${missing}`);
    const worker = startWorker(server.url.replace("//", `//${user}:secret@`));
    expect(await worker.ended).toEqual({ code: 2, signal: null });
    expect(worker.stderr).toMatch(
      /^error: the user at redis:\S+ has not all rights that a queue needs: .+; docs\/cluster\.md lists them$/m,
    );
  });

  test("that is asked to end while Redis is away ends", async () => {
    const own = await RedisServer.start();
    const worker = startWorker(own.url);
    await worker.says(/: waiting for runs of /);
    await own.stop();
    await worker.says(/^lost Redis at /m);
    worker.kill("SIGTERM");
    expect(await worker.ended).toEqual({ code: 0, signal: null });
  });

  test("where Redis is full says so once, and waits", async () => {
    await server.client.config("SET", "maxmemory", "100kb");
    const worker = startWorker(server.url);
    await worker.says(/^Redis uses over 80% of its maxmemory: no run is taken until there is room$/m);
    // It has tried more than once by then.
    const [before] = await calls("info");
    await until(async () => ((await calls("info"))[0] as number) > (before as number) + 3);
    await server.client.config("SET", "maxmemory", "256mb");
    await worker.says(/: waiting for runs of /);
    expect(worker.stderr.match(/Redis/g)).toHaveLength(1);
    worker.kill("SIGTERM");
    expect(await worker.ended).toEqual({ code: 0, signal: null });
  });
});

/** How often a command of Redis was called. */
async function calls(command: string): Promise<number[]> {
  const stats = await server.client.info("commandstats");
  return [...stats.matchAll(new RegExp(`cmdstat_${command}:calls=(\\d+)`, "g"))].map(([, count]) => Number(count));
}

test("a database that Redis does not have is refused by both sides", async () => {
  const url = `${server.url}/99`;
  for (const refused of [startWorker(url), startCommand(url, "database")]) {
    expect(await refused.ended).toEqual({ code: 2, signal: null });
    expect(refused.stderr).toContain(`error: cannot use Redis at ${url}: `);
  }
});

/** What listens and never says a word. */
async function silent(): Promise<{ readonly url: string; readonly server: Server; readonly heard: () => number }> {
  let count = 0;
  const listener = createServer((socket) => {
    count++;
    socket.on("error", () => {}).resume();
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return { url: `redis://127.0.0.1:${port}`, server: listener, heard: () => count };
}

test("Ctrl-C while nobody answers ends both sides", async () => {
  const listener = await silent();
  for (const [i, waits] of [startWorker(listener.url), startCommand(listener.url, "silent")].entries()) {
    await until(() => listener.heard() > i);
    waits.kill("SIGINT");
    expect(await waits.ended).toEqual({ code: 130, signal: null });
    expect(waits.stderr).not.toContain("cannot use Redis");
  }
  listener.server.close();
});

test("what others wrote in place of a message, a worker, a result or who has begun a run ends nobody, and what they took away is sent again", async () => {
  const [odd, good] = [job("quick", 1), job("mlp", 2)];
  const { client } = server;
  // It would be gigabytes once it is read.
  const large = { name: "run", data: "[".repeat(2 ** 22), opts: "{", progress: "{", timestamp: 1 };
  await client.hset(keys.job("0".repeat(16)), large);
  await client.rpush(keys.waiting, queuedId("0".repeat(16)));
  await client.rpush(workerKey("00000000-0000-4000-8000-000000000000"), "a list");
  await client.sadd(WORKERS_KEY, "00000000-0000-4000-8000-000000000000", "x".repeat(1000));
  await client.rpush(keys.result(odd.id), "a list");
  const sent = send(server.url, [odd, good], at("odd"));
  // Its key stays.
  await until(() => client.lrem(keys.waiting, 0, queuedId(good.id)));
  await client.set(keys.begun(odd.id), "a text");
  const worker = await PairlabProcess.worker({ PAIRLAB_QUEUE: server.url });
  expect((await sent.done).map(({ weightsSha256 }) => weightsSha256)).toEqual([odd, good].map((each) => hashOf(each)));
  expect(sent.notices().filter((line) => !line.startsWith("no worker at"))).toEqual([
    `the result of run ${odd.id} (quick, seed 1) is not used: is of another type; it is trained again`,
  ]);
  expect(worker.stderr).toMatch(/^a job of the queue is left out: the message .+ not "4194304 characters"$/m);
  // It is done with.
  await until(async () => (await client.exists(keys.job("0".repeat(16)))) === 0);
  await worker.stop();
});

const LOST = "lost Redis at ";

test("a user whose password was changed waits on both sides, and both say why", async () => {
  const { client } = server;
  const password = (text: string) =>
    client.call("ACL", "SETUSER", "changed", "on", "resetpass", `>${text}`, ...documentedRights());
  await password("first");
  const url = server.url.replace("//", "//changed:first@");
  const worker = await PairlabProcess.worker({ PAIRLAB_QUEUE: url });
  const waiting = send(url, [job("mlp", 10, {}, { version: "9.9.9" })], at("changed"), {
    identity: { ...engine, version: "9.9.9" },
  });
  await until(() => waiting.notices().length > 0);
  await password("second");
  await client.call("CLIENT", "KILL", "USER", "changed");
  const says = /lost Redis at \S+: WRONGPASS .+: waiting until it lets this user in/;
  await worker.says(says);
  await until(() => waiting.notices().some((line) => says.test(line)));
  await password("first");
  await worker.says(/^Redis at \S+ is back$/m);
  await until(() => waiting.notices().some((line) => / is back$/.test(line)));
  expect(worker.stderr.split(LOST)).toHaveLength(3);
  expect(waiting.notices().filter((line) => line.startsWith(LOST))).toHaveLength(2);
  await waiting.interrupt();
  await worker.stop();
});

test("a run that kills its workers is given up, in one line that says so; each worker that is killed counts", async () => {
  const { client } = server;
  const deadly = job("mlp", 20, { epochs: 100_000, evaluate: "end" });
  const begun = keys.begun(deadly.id);
  const sent = send(server.url, [deadly], at("deadly"));
  await until(() => client.exists(keys.job(deadly.id)));
  // As workers leave it that were killed while they trained it.
  await client.lmove(keys.waiting, keys.active, "LEFT", "LEFT");
  const dead = (i: number) => `00000000-0000-4000-9000-00000000000${i}`;
  await client.rpush(begun, dead(0));
  const once = `a worker died while it trained run ${deadly.id} (mlp, seed 20); it is tried again`;
  await until(() => sent.notices().includes(once));
  await client.rpush(begun, dead(1), dead(2));
  for (const before of [3, 4]) {
    const worker = await PairlabProcess.worker({ PAIRLAB_QUEUE: server.url });
    await until(async () => (await client.llen(begun)) > before);
    const [id] = (await client.lrange(begun, -1, -1)) as [string];
    await worker.stop();
    // What ends by itself after some seconds.
    await client.unlink(workerKey(id), `${keys.job(deadly.id)}:lock`);
  }
  await expect(sent.done).rejects.toThrow(
    `run ${deadly.id} (mlp, seed 20) is given up: 5 workers died while they trained it`,
  );
  expect(sent.notices().filter((line) => line === once)).toHaveLength(1);
});

test("however long a run takes to fail, all its failures count", async () => {
  const { client } = server;
  const identity = { ...engine, version: "9.9.8" };
  const other = keysOf(queueName({ dataset: dataset.identity, engine: identity }));
  const failing = job("mlp", 25, {}, identity);
  const key = other.failures(failing.id);
  const sent = send(server.url, [failing], at("failing"), { identity });
  await until(() => client.exists(other.job(failing.id)));
  // As a worker leaves it that could not train it.
  await client.append(key, "there: no memory\n");
  await client.lrem(other.waiting, 0, queuedId(failing.id));
  await client.unlink(other.job(failing.id));
  const failed = `run ${failing.id} (mlp, seed 25) failed on there: no memory; it is tried again`;
  await until(() => sent.notices().includes(failed));
  await client.expire(key, 60);
  await until(async () => (await client.ttl(key)) > 60);
  await sent.interrupt();
});

test("a command that ends takes its jobs with it, and leaves those of others", async () => {
  const { client } = server;
  const identity = { ...engine, version: "9.9.7" };
  const other = keysOf(queueName({ dataset: dataset.identity, engine: identity }));
  const jobs = [30, 31, 32].map((seed) => job("mlp", seed, {}, identity));
  const kept = send(server.url, jobs.slice(0, 1), at("kept"), { identity });
  await until(async () => (await client.llen(other.waiting)) === 1);
  const ended = send(server.url, jobs, at("ended"), { identity });
  await until(async () => (await client.llen(other.waiting)) === 3);
  await ended.interrupt();
  expect(await client.lrange(other.waiting, 0, -1)).toEqual([queuedId(jobs[0]?.id ?? "")]);
  expect(await client.exists(...jobs.map(({ id }) => other.job(id)))).toBe(1);
  await kept.interrupt();
  expect(await client.exists(other.waiting, ...jobs.map(({ id }) => other.job(id)))).toBe(0);
});

test("what is no Redis, or speaks TLS or not, is said as that", async () => {
  const web = createServer((socket) =>
    socket.on("error", () => {}).on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
  );
  const deaf = createServer((socket) => socket.on("error", () => {}).on("data", () => socket.destroy()));
  for (const each of [web, deaf]) await once(each.listen(0, "127.0.0.1"), "listening");
  const port = (of: Server) => (of.address() as AddressInfo).port;
  for (const [url, says] of [
    [`redis://127.0.0.1:${port(web)}`, "what answers there is no Redis"],
    [`redis://127.0.0.1:${port(deaf)}`, "it ends the connection: does it speak TLS, rediss://?"],
    [server.url.replace("redis:", "rediss:"), "it does not answer: does it speak TLS? Without, it is redis://"],
  ] as const)
    await expect(send(url, [job("mlp", 40)], at("nowhere")).done).rejects.toThrow(
      `cannot use Redis at ${url}: ${says}`,
    );
  web.close();
  deaf.close();
});

test("a command that has sent all its runs says that Redis is full", async () => {
  const { client } = server;
  const identity = { ...engine, version: "9.9.6" };
  const other = keysOf(queueName({ dataset: dataset.identity, engine: identity }));
  const sent = send(server.url, [job("mlp", 50, {}, identity)], at("full"), { identity });
  await until(async () => (await client.llen(other.waiting)) === 1);
  await client.config("SET", "maxmemory", "100kb");
  const line = "Redis uses over 80% of its maxmemory: no worker takes a run until there is room";
  await until(() => sent.notices().includes(line));
  await client.config("SET", "maxmemory", "256mb");
  await sent.interrupt();
});
