import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { poll } from "./poll.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the next question waits for the answer, and then for the interval", async () => {
  const answers: (() => void)[] = [];
  const end = poll(() => new Promise((resolve) => answers.push(resolve)), 2000);
  expect(answers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(1999);
  expect(answers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(answers).toHaveLength(2);
  end();
});

test("after its end it asks nothing, even if it was waiting or an answer comes late", async () => {
  let asked = 0;
  const end = poll(async () => {
    asked++;
  }, 2000);
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toBe(2);
  end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toBe(2);

  const signals: AbortSignal[] = [];
  let answer = () => {};
  const endLate = poll((signal) => {
    signals.push(signal);
    return new Promise((resolve) => {
      answer = resolve;
    });
  }, 2000);
  endLate();
  expect(signals[0]?.aborted).toBe(true);
  answer();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(signals).toHaveLength(1);
});
