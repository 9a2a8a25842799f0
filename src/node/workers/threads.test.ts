import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { InvalidRequest } from "../../core/errors.js";
import { carryOut, type MeasuringTask, measure, type SizingTask, size, startThreads, type Task } from "./threads.js";

const thread = (code: string) =>
  new Worker(`require("node:worker_threads").parentPort.on("message", function () { ${code} })`, { eval: true });
const task = { job: { id: "0123456789abcdef", architecture: "mlp", seed: 3 } } as Task;
const { signal } = new AbortController();
const ofRun = "the thread of run 0123456789abcdef (mlp, seed 3) failed:";

test("a thread that ends without a word fails the run instead of leaving it waiting", async () => {
  await expect(carryOut(thread("process.exit()"), task, signal, () => {})).rejects.toThrow(
    new Error(`${ofRun} it ended before its run`),
  );
});

test("what a thread fails with is passed on in one line", async () => {
  const failing = carryOut(thread("throw new Error('no room\\nat all')"), task, signal, () => {});
  await expect(failing).rejects.toThrow(new Error(`${ofRun} no room`));
});

test("what a thread refuses is a wrong request, and the thread goes on", async () => {
  const refusing = thread("this.postMessage({ invalid: 'no room' })");
  for (let time = 0; time < 2; time++)
    await expect(carryOut(refusing, task, signal, () => {})).rejects.toThrow(new InvalidRequest("no room"));
  const plan = { planned: [{ architecture: "mlp" }] };
  await expect(size(refusing, { plan } as unknown as SizingTask, signal)).rejects.toThrow(InvalidRequest);
  await refusing.terminate();
});

test("a thread that measures fails likewise, and is asked again and again otherwise", async () => {
  const toMeasure = { run: { record: task.job } } as MeasuringTask;
  const failing = measure(thread("throw new Error('no such tensor')"), toMeasure, signal);
  await expect(failing).rejects.toThrow(new Error(`${ofRun} no such tensor`));
  const measuring = thread("this.postMessage({ measured: { pairs: 3, testError: 1 } })");
  for (let time = 0; time < 2; time++)
    expect(await measure(measuring, toMeasure, signal)).toEqual({ pairs: 3, testError: 1 });
  await measuring.terminate();
});

test("a thread that could not start says why when it is asked, and ends no process before", async () => {
  // Here, there is no compiled worker beside the source.
  const [broken] = startThreads(1) as [Worker];
  await new Promise((resolve) => broken.once("exit", resolve));
  await expect(carryOut(broken, task, signal, () => {})).rejects.toThrow(
    /^the thread of run 0123456789abcdef \(mlp, seed 3\) failed: Cannot find module .*worker\.js.*$/,
  );
});

test("an aborted run is given up", async () => {
  const controller = new AbortController();
  const waiting = thread("");
  const run = carryOut(waiting, task, controller.signal, () => {});
  controller.abort();
  await expect(run).rejects.toThrow(/abort/);
  await waiting.terminate();
});
