import { expect, test } from "vitest";
import { threadTime } from "./thread-time.js";

test("it counts what this thread does, and not what it waits", async () => {
  const time = threadTime();
  // Linux tells it, where these tests run.
  if (!time) throw new Error("no clock of this thread");
  const began = time();
  const until = performance.now() + 60;
  while (performance.now() < until);
  const worked = time() - began;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const waited = time() - began - worked;
  expect(worked).toBeGreaterThan(0);
  expect(worked).toBeLessThanOrEqual(61 + 10);
  expect(waited).toBeLessThan(150);
});
