import { expect, test } from "vitest";
import { Stream } from "../../random/streams.js";
import { type Coordinate, proposeParzen } from "./parzen.js";

const plane: readonly Coordinate[] = ["range", "range"];
const proposals = (coordinates: readonly Coordinate[], good: number[][], bad: number[][], count = 200) => {
  const stream = new Stream(3, "search");
  return Array.from({ length: count }, () => proposeParzen(coordinates, { good, bad }, stream));
};
const share = (points: number[][], holds: (point: number[]) => boolean) => points.filter(holds).length / points.length;

test("it proposes near good points and away from others", () => {
  const good = [
    [0.2, 0.8],
    [0.25, 0.7],
    [0.15, 0.75],
  ];
  const bad = [
    [0.8, 0.2],
    [0.7, 0.4],
    [0.5, 0.1],
    [0.9, 0.9],
  ];
  const near = share(proposals(plane, good, bad), ([x = 0, y = 0]) => x < 0.5 && y > 0.5);
  expect(near).toBeGreaterThan(0.9);
  expect(share(proposals(plane, bad, good), ([x = 0, y = 0]) => x < 0.4 && y > 0.6)).toBeLessThan(0.05);
});

test("of choices it takes the good one, and now and then another", () => {
  const choice: readonly Coordinate[] = [{ choices: 4 }];
  const points = proposals(choice, [[0.6], [0.7], [0.55]], [[0.1], [0.3], [0.9]]);
  const third = share(points, ([x = 0]) => x >= 0.5 && x < 0.75);
  expect(third).toBeGreaterThan(0.9);
});

test("knowing nothing it proposes anywhere, within the cube", () => {
  const points = proposals(plane, [], []);
  expect(points.flat().every((x) => x >= 0 && x <= 1)).toBe(true);
  for (const low of [0, 0.25, 0.5, 0.75])
    expect(share(points, ([x = 0]) => x >= low && x < low + 0.25)).toBeGreaterThan(0.15);
  expect(
    proposals(plane, [[0, 1]], [[1, 0]])
      .flat()
      .every((x) => x >= 0 && x <= 1),
  ).toBe(true);
});
