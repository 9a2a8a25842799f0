import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { carryOut, type Task } from "./threads.js";

const thread = (code: string) =>
  new Worker(`require("node:worker_threads").parentPort.on("message", () => { ${code} })`, { eval: true });
const task = {} as Task;
const { signal } = new AbortController();

test("a thread that ends without a word fails the run instead of leaving it waiting", async () => {
  await expect(carryOut(thread("process.exit()"), task, signal, () => {})).rejects.toThrow(
    "a thread ended before its run",
  );
});

test("what a thread fails with is passed on", async () => {
  const failing = carryOut(thread("throw new Error('no room')"), task, signal, () => {});
  await expect(failing).rejects.toThrow("no room");
});

test("an aborted run is given up", async () => {
  const controller = new AbortController();
  const waiting = thread("");
  const run = carryOut(waiting, task, controller.signal, () => {});
  controller.abort();
  await expect(run).rejects.toThrow(/abort/);
  await waiting.terminate();
});
