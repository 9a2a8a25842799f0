import { expect, test } from "vitest";
import { Stream } from "../random/streams.js";
import { standardDeviation } from "./moments.js";
import { samplingSd } from "./sampling.js";

test("2% of 1,000 pairs: 20 wrong ones with a standard deviation of the root of 19.6", () => {
  expect(samplingSd(0.02, 1000)).toBeCloseTo(Math.sqrt(19.6) / 1000, 15);
  expect([samplingSd(0, 1000), samplingSd(1, 1000)]).toEqual([0, 0]);
});

test("errors counted on pairs that are drawn by chance spread by it", () => {
  const next = new Stream(1, "initialization");
  const errors = Array.from({ length: 4000 }, () => {
    let wrong = 0;
    for (let pair = 0; pair < 200; pair++) wrong += Number(next.unit() < 0.07);
    return wrong / 200;
  });
  // The deviation of 4,000 values strays by about 1 in √8,000.
  expect((standardDeviation(errors) as number) / samplingSd(0.07, 200)).toBeCloseTo(1, 1);
});
