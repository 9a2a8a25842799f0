import { expect, it } from "vitest";
import { Stream } from "../random/streams.js";
import { bootstrapDraws } from "./draws.js";

it("draws are those of the seed's stream, whatever was drawn before", () => {
  for (const [n, seed, count] of [
    [10, 0, 100],
    [10, 0, 300],
    [10, 0, 50],
    [10, 1, 50],
    [7, 1, 50],
    [65_536, 1, 50],
    [10, 0, 100],
  ] as const) {
    const stream = new Stream(seed, "bootstrap");
    const draws = Array.from({ length: count }, () => stream.below(n));
    expect(Array.from(bootstrapDraws(n, seed, count) ?? []).slice(0, count)).toEqual(draws);
  }
});

it("draws beyond 32 MiB, or of more rounds than 16 bits count, are not kept", () => {
  expect(bootstrapDraws(10, 0, 2 ** 24 + 1)).toBeUndefined();
  expect(bootstrapDraws(65_537, 0, 10)).toBeUndefined();
});
