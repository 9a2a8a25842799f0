import { Worker } from "node:worker_threads";
import { expect, test, vi } from "vitest";
import { smallJob, stripes } from "../../../test/support/jobs.js";
import type { Task } from "./threads.js";
import { withHelp } from "./with-help.js";

// Here, there is no compiled worker beside the source: threads that are to help fail as they start.

/** A thread that stops when its group is stopped, and trains alone. */
const thread = (answer: string) =>
  new Worker(
    `const { parentPort } = require("node:worker_threads");
    parentPort.on("message", ({ group }) => {
      if (!group) return parentPort.postMessage({ finished: "alone" });
      const words = new Int32Array(group.memory);
      while (Atomics.load(words, 0) === 0) Atomics.wait(words, 0, 0, 5);
      parentPort.postMessage(${answer});
    })`,
    { eval: true },
  );

const taskOf = (name: string) =>
  ({
    job: smallJob(name, { batchSize: 50, trainPairs: 100 }),
    images: { train: stripes, test: stripes },
    kernels: {},
    checkpointSeconds: 0,
  }) as unknown as Task;
const { signal } = new AbortController();

test.each([
  ["a refusal", '{ invalid: "stopped" }'],
  ["a refusal of its checkpoint", '{ refused: "stopped" }'],
])("a run whose helper fails goes on alone, after %s", async (_, answer) => {
  const alone = thread(answer);
  const result = withHelp(alone, taskOf("best"), { runs: 1, cores: 2 }, signal, () => {});
  await expect(result).resolves.toBe("alone");
  await alone.terminate();
});

test("a small network, and one core, need no help", async () => {
  const alone = thread("{}");
  for (const [name, cores] of [
    ["quick", 8],
    ["best", 1],
  ] as const)
    expect(await withHelp(alone, taskOf(name), { runs: 1, cores }, signal, () => {})).toBe("alone");
  await alone.terminate();
});

test("what is wrong without a helper's fault is thrown, and an abort ends it", async () => {
  const failing = new Worker('require("node:worker_threads").parentPort.on("message", () => process.exit())', {
    eval: true,
  });
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  await expect(withHelp(failing, taskOf("quick"), { runs: 1, cores: 2 }, signal, () => {})).rejects.toThrow(
    "it ended before its run",
  );
  await expect(
    withHelp(thread("{}"), taskOf("best"), { runs: 1, cores: 2 }, controller.signal, () => {}),
  ).rejects.toThrow("enough");
});

test("no answer of a helper lets the process end while the helper is being ended", async () => {
  const order: string[] = [];
  const spies = (["terminate", "unref"] as const).map((name) => {
    const method = Worker.prototype[name] as () => unknown;
    return vi.spyOn(Worker.prototype, name).mockImplementation(function (this: Worker) {
      if (this !== quick) order.push(name);
      return method.call(this) as never;
    });
  });
  const quick = new Worker(
    'const { parentPort } = require("node:worker_threads"); parentPort.on("message", () => parentPort.postMessage({ finished: { record: { seconds: 2, processorSeconds: 1, yardstickSeconds: 1 }, weights: "at once" } }))',
    { eval: true },
  );
  // The helper did not say how long it worked, so the time of all threads is not known.
  const due = { record: { seconds: 2 }, weights: "at once" };
  expect(await withHelp(quick, taskOf("best"), { runs: 1, cores: 2 }, signal, () => {})).toEqual(due);
  expect(order.at(-1)).toBe("terminate");
  for (const spy of spies) spy.mockRestore();
  await quick.terminate();
});
