import { expect, test } from "vitest";
import { LatestWins } from "./latest-wins.js";

test("one at a time, and of all that was asked for meanwhile only the last", async () => {
  const queue = new LatestWins();
  const done: string[] = [];
  let finish = () => {};
  const first = new Promise<void>((resolve) => {
    finish = resolve;
  });
  queue.ask(async () => {
    await first;
    done.push("first");
  });
  for (const name of ["second", "third"])
    queue.ask(async () => {
      done.push(name);
    });
  expect(done).toEqual([]);
  finish();
  await expect.poll(() => done).toEqual(["first", "third"]);
  queue.ask(undefined);
  queue.ask(async () => {
    done.push("fourth");
  });
  expect(done).toEqual(["first", "third", "fourth"]);
});
