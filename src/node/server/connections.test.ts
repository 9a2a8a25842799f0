import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { answerConnections, type ConnectionLimits } from "./connections.js";

const opened: (() => void)[] = [];
afterEach(() => {
  for (const end of opened.splice(0)) end();
});

/** A server that keeps the requests that have their turn, until they are answered here. */
async function serving(limits: Partial<ConnectionLimits> = {}) {
  const begun: [IncomingMessage, ServerResponse][] = [];
  const server = createServer();
  opened.push(() => {
    server.close();
    server.closeAllConnections();
  });
  answerConnections(server, (...request) => begun.push(request), { most: 100, ...limits });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = async (...paths: string[]): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    opened.push(() => socket.destroy());
    await once(socket, "connect");
    socket.write(paths.map((path) => `GET /${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`).join(""));
    return socket;
  };
  const urls = () => begun.map(([{ url }]) => url);
  return { server, begun, urls, client };
}

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** A while in which a server would do what it must not. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 50));

test("the requests of a connection have their turn one after the other, in their order", async () => {
  const { begun, urls, client } = await serving();
  const socket = await client("a", "b", "c");
  let said = "";
  socket.on("data", (chunk) => {
    said += chunk;
  });
  for (const urlsSoFar of [["/a"], ["/a", "/b"], ["/a", "/b", "/c"]]) {
    await until(() => begun.length === urlsSoFar.length);
    await aWhile();
    expect(urls()).toEqual(urlsSoFar);
    begun.at(-1)?.[1].end(`answer ${urlsSoFar.length};`);
  }
  await until(() => said.includes("answer 3;"));
  expect(said.match(/answer \d/g)).toEqual(["answer 1", "answer 2", "answer 3"]);
  // Another connection does not wait for it.
  await client("d");
  await until(() => urls().includes("/d"));
});

test("a client that reads no answer has one in the making, however many it asked for", async () => {
  const { begun, client } = await serving();
  const socket = await client(...Array.from({ length: 50 }, (_, i) => String(i)));
  socket.pause();
  await until(() => begun.length === 1);
  begun[0]?.[1].write(Buffer.alloc(2 ** 24));
  await aWhile();
  expect(begun).toHaveLength(1);
});

test("a connection with which too many would wait is ended, and counts no more", async () => {
  const { server, begun, client } = await serving({ mostWaiting: 3 });
  const greedy = await client("a", "b", "c", "d", "e");
  await once(greedy, "close");
  const modest = await client("f", "g", "h", "i");
  await until(() => begun.some(([{ url }]) => url === "/f"));
  await aWhile();
  expect(modest.destroyed).toBe(false);
  expect(await new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(1);
});

test("one connection too many takes the place of the one that has asked for nothing the longest", async () => {
  const { begun, urls, client } = await serving({ most: 3 });
  const asking = await client("a");
  const first = await client();
  const second = await client();
  await client("b");
  await once(first, "close");
  await until(() => urls().includes("/b"));
  expect([asking.destroyed, second.destroyed]).toEqual([false, false]);
  // A client that has been answered waits from then on.
  begun[0]?.[1].end();
  await once(asking, "data");
  await client("c");
  await once(second, "close");
  expect(asking.destroyed).toBe(false);
});

test("if all are being answered, the new one is told to come again", async () => {
  const { begun, client } = await serving({ most: 2 });
  await client("a");
  await client("b");
  await until(() => begun.length === 2);
  const third = await client("c");
  const [chunk] = await once(third, "data");
  expect(String(chunk)).toMatch(/^HTTP\/1\.1 503 .*\r\nretry-after: 1\r\n/);
  await once(third, "close");
  begun[0]?.[1].end();
  begun[0]?.[1].socket?.destroy();
  await aWhile();
  await client("d");
  await until(() => begun.length === 3);
});

test("a connection on which nothing moves is ended, but not while its answer is made", async () => {
  const { begun, client } = await serving({ stalled: 100 });
  const silent = await client();
  const waiting = await client("a");
  await once(silent, "close");
  await aWhile();
  expect(waiting.destroyed).toBe(false);
  waiting.pause();
  await until(() => begun.length === 1);
  begun[0]?.[1].write(Buffer.alloc(2 ** 26));
  await once(begun[0]?.[1] as ServerResponse, "close");
});
