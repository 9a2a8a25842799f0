import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { syntheticRuns } from "../../../test/support/stored.js";
import type { RunStore } from "../runs/store.js";
import { Busy } from "./busy.js";
import { RunReader } from "./run-reader.js";

const runs = syntheticRuns(2);
/** Of two seeds: their weights differ. */
const [one, two] = [0, 1].map((seed) => runs.find(({ record }) => record.seed === seed)?.record.id) as [string, string];

/** Weights are 1,000 bytes, and come anew each time, as from a disk. */
const find = async (id: string) => {
  const run = runs.find(({ record }) => record.id === id);
  return run && { ...run, weights: run.weights.slice() };
};
const readerOf = (mostBytes?: number) => new RunReader({ find } as RunStore, mostBytes);
const response = (): ServerResponse => new EventEmitter() as ServerResponse;

test("what many are being sent is held once", async () => {
  const reader = readerOf();
  const [first, second] = [response(), response()];
  const sent = await reader.read(one, "weights", first);
  expect(await reader.read(one, "weights", second)).toBe(sent);
  first.emit("close");
  expect(await reader.read(one, "weights", response())).toBe(sent);
});

test("more than may be on its way is not sent until something has arrived", async () => {
  const reader = readerOf(1500);
  const first = response();
  await reader.read(one, "weights", first);
  await expect(reader.read(two, "weights", response())).rejects.toThrow(Busy);
  // What is on its way already takes no more.
  const again = response();
  await reader.read(one, "weights", again);
  first.emit("close");
  await expect(reader.read(two, "weights", response())).rejects.toThrow(Busy);
  again.emit("close");
  expect(await reader.read(two, "weights", response())).toMatchObject({ body: expect.any(Uint8Array) });
});

test("a run that is larger than that is sent on its own", async () => {
  const reader = readerOf(10);
  expect(await reader.read(one, "weights", response())).toBeDefined();
  await expect(reader.read(two, "weights", response())).rejects.toThrow(Busy);
});

test("few runs are read at a time, and a failure holds up nobody", async () => {
  let reading = 0;
  let most = 0;
  const slow = {
    find: async (id: string) => {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => setTimeout(resolve, 1));
      reading--;
      if (id === two) throw new Error("the disk fails");
      return find(id);
    },
  };
  const reader = new RunReader(slow as RunStore);
  const answers = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) => reader.read(i % 2 ? one : two, "record", response())),
  );
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  expect(most).toBe(4);
});
