import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cosinePi } from "./cosine.js";
import { SCHEDULES, scheduledRate } from "./schedules.js";

/** What `test/parity/make_schedules.py` has written: for each schedule and number of steps, every step's rate. */
interface Rates {
  readonly rate: number;
  readonly schedules: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}
const fixture = new URL("../../../test/parity/fixtures/schedules.json", import.meta.url);
const { rate, schedules }: Rates = JSON.parse(readFileSync(fixture, "utf8"));

const ratesOf = (schedule: (typeof SCHEDULES)[number], total: number) =>
  Array.from({ length: total }, (_, step) => scheduledRate(schedule, rate, step, total));

test("PyTorch has every schedule", () => {
  expect(Object.keys(schedules)).toEqual([...SCHEDULES]);
});

describe.each(SCHEDULES)("%s", (schedule) => {
  test.each(Object.entries(schedules[schedule] ?? {}))("has PyTorch's rate in each of %s steps", (total, expected) => {
    const actual = ratesOf(schedule, Number(total));
    expect(actual.length).toBe(expected.length);
    // Relative to the highest rate, and in its own size: PyTorch's cosine has a rounded π.
    actual.forEach((value, step) => {
      expect(Math.abs(value - (expected[step] as number)), `step ${step}`).toBeLessThan(1e-15 * rate);
    });
  });
});

test("without a schedule the rate is what was asked for, to the bit", () => {
  for (const step of [0, 1, 499]) expect(scheduledRate(undefined, 0.1 + 0.2, step, 500)).toBe(0.1 + 0.2);
});

describe("the cosine of πx", () => {
  test.each([
    [0, 1],
    [1 / 12, (Math.sqrt(6) + Math.sqrt(2)) / 4],
    [1 / 6, Math.sqrt(3) / 2],
    [1 / 5, (1 + Math.sqrt(5)) / 4],
    [1 / 4, Math.SQRT1_2],
    [1 / 3, 1 / 2],
    [2 / 5, (Math.sqrt(5) - 1) / 4],
    [1 / 2, 0],
    [2 / 3, -1 / 2],
    [3 / 4, -Math.SQRT1_2],
    [1, -1],
  ])("is what geometry says at %f", (x, cosine) => {
    expect(Math.abs(cosinePi(x) - cosine)).toBeLessThan(4e-16);
  });

  test("is exact at whole and half numbers, and elsewhere agrees with the library's cosine", () => {
    expect([cosinePi(0), cosinePi(0.5), cosinePi(1)]).toEqual([1, 0, -1]);
    for (let x = 0; x <= 1; x += 1 / 4093)
      expect(Math.abs(cosinePi(x) - Math.cos(Math.PI * x)), `at ${x}`).toBeLessThan(4e-16);
  });

  test("falls from each number to the next", () => {
    for (let x = 0; x < 1; x += 1 / 1024) expect(cosinePi(x + 1 / 1024)).toBeLessThan(cosinePi(x));
  });
});
