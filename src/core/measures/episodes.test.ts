import fc from "fast-check";
import { expect, it } from "vitest";
import { drawEpisodes, episodeAccuracy } from "./index.js";

const classes = Array.from({ length: 60 }, (_, image) => image % 12);

it("an episode has a query, one candidate of its class and others of as many other classes", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 12 }), (seed, ways) => {
      const { images, count } = drawEpisodes(classes, seed, { ways, episodes: 20 });
      expect(count).toBe(20);
      expect(images.length).toBe(20 * (1 + ways));
      for (let at = 0; at < images.length; at += 1 + ways) {
        const [query = 0, right = 0, ...others] = images.subarray(at, at + 1 + ways);
        expect(classes[right]).toBe(classes[query]);
        expect(right).not.toBe(query);
        const all = [right, ...others].map((image) => classes[image]);
        expect(new Set(all).size).toBe(ways);
      }
    }),
  );
});

it("each class is asked for equally often, and each other image of it is the candidate", () => {
  const { images } = drawEpisodes(classes, 1, { ways: 2, episodes: 12_000 });
  const counts = new Map<string, number>();
  for (let at = 0; at < images.length; at += 3)
    for (const key of [`class ${classes[images[at] as number]}`, `pair ${images[at]} ${images[at + 1]}`])
      counts.set(key, (counts.get(key) ?? 0) + 1);
  const of = (kind: string) => [...counts].filter(([key]) => key.startsWith(kind)).map(([, count]) => count);
  // 1,000 each within 5 standard deviations, √1000 = 32; 12 · 5 · 4 ordered pairs of 50 each, √50 = 7.
  expect(of("class").length).toBe(12);
  for (const count of of("class")) expect(Math.abs(count - 1000)).toBeLessThan(160);
  expect(of("pair").length).toBe(240);
  for (const count of of("pair")) expect(Math.abs(count - 50)).toBeLessThan(36);
});

it("a seed gives the same episodes, and another one others", () => {
  expect(drawEpisodes(classes, 3)).toEqual(drawEpisodes(classes, 3));
  expect(drawEpisodes(classes, 3)).not.toEqual(drawEpisodes(classes, 4));
});

it("classes with one image are candidates only", () => {
  const { images } = drawEpisodes([7, 7, 9], 0, { ways: 2, episodes: 50 });
  for (let at = 0; at < images.length; at += 3) {
    expect([images[at], images[at + 1]].toSorted()).toEqual([0, 1]);
    expect(images[at + 2]).toBe(2);
  }
});

it("accuracy is the share in which the first is the largest, ties shared", () => {
  expect(episodeAccuracy([0.9, 0.1, 0.2, 0.3, 0.3, 0.1, 0.1, 0.9, 0.2, 0.5, 0.5, 0.5], 3)).toBeCloseTo(
    (1 + 1 / 2 + 0 + 1 / 3) / 4,
    14,
  );
  expect(episodeAccuracy(new Float64Array(50).fill(0.1), 5)).toBeCloseTo(1 / 5, 14);
});

it("what cannot be drawn or scored is refused", () => {
  expect(() => drawEpisodes([1, 1, 2], 0, { ways: 3 })).toThrow(
    "3 ways need images of 3 classes, but there are 2: take 2 ways at most",
  );
  expect(() => drawEpisodes([1, 2], 0, { ways: 2 })).toThrow("an episode needs two images of a class");
  expect(() => drawEpisodes([1, 1], 0, { ways: 1 })).toThrow("ways must be a whole number from 2 to 1000, not 1");
  expect(() => episodeAccuracy([0.1, 0.2, 0.3], 2)).toThrow(
    "3 probabilities are not those of episodes of 2 candidates",
  );
});
