import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RunNames } from "./run-names.js";

const [a, b] = ["a", "b"].map((digit) => digit.repeat(16)) as [string, string];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-names-"));
  for (const id of [b, a]) await mkdir(join(folder, id));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

it("names are read again when the folder has changed", async () => {
  // An hour later, all that was changed has settled.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
  const names = new RunNames(folder);
  const first = await names.read();
  expect(first).toEqual([a, b]);
  expect(await names.read()).toBe(first);
  await cp(join(folder, a), join(folder, "f".repeat(16)), { recursive: true });
  expect(await names.read()).toEqual([a, b, "f".repeat(16)]);

  vi.useRealTimers();
  const unsettled = new RunNames(folder);
  expect(await unsettled.read()).not.toBe(await unsettled.read());
});
