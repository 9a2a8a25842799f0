import { expect, it } from "vitest";
import { Stream } from "../random/streams.js";
import { arrangement, type Pairing } from "./pairing.js";

const PAIRS = 2000;
const dealt = (pairing: Pairing, seed = 1) => arrangement(pairing, PAIRS, new Stream(seed, "pairing"));
const pairsOf = (images: Uint32Array) =>
  Array.from({ length: PAIRS }, (_, pair) => [...images.subarray(2 * pair, 2 * pair + 2)] as [number, number]);

it("swapped: the same pairs, about half of them the other way round", () => {
  const pairs = pairsOf(dealt("swapped"));
  const inOrder = pairs.map((images) => images.toSorted((a, b) => a - b));
  expect(inOrder).toEqual(pairs.map((_, pair) => [2 * pair, 2 * pair + 1]));
  const swapped = pairs.filter(([first, second]) => first > second).length;
  expect(Math.abs(swapped - PAIRS / 2)).toBeLessThan(5 * Math.sqrt(PAIRS / 4));
});

it("shuffled: every image once, hardly a pair as it was", () => {
  const images = dealt("shuffled");
  expect([...images].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 2 * PAIRS }, (_, image) => image));
  const kept = pairsOf(images).filter(([first, second]) => Math.floor(first / 2) === Math.floor(second / 2)).length;
  // One pair in 2 · PAIRS − 1 is expected to stay together: about half a pair of all.
  expect(kept).toBeLessThan(6);
});

it.each(["swapped", "shuffled"] as const)("%s: another arrangement each time and for each seed", (pairing) => {
  const stream = new Stream(1, "pairing");
  const [first, second] = [arrangement(pairing, PAIRS, stream), arrangement(pairing, PAIRS, stream)];
  expect(first).toEqual(dealt(pairing));
  expect(second).not.toEqual(first);
  expect(dealt(pairing, 2)).not.toEqual(first);
});
