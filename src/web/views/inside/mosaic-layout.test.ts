import { expect, test } from "vitest";
import { mosaicLayout, pixelOf, unitAt } from "./mosaic-layout.js";

const maps = { channels: 32, height: 10, width: 10 };

test("maps lie in rows, a pixel apart", () => {
  // √(2 · 32) = 8 in a row, four rows.
  const layout = mosaicLayout(maps);
  expect(layout).toMatchObject({ columns: 8, width: 8 * 11 - 1, height: 4 * 11 - 1 });
  expect(pixelOf(layout, { channel: 9, row: 2, column: 3 })).toEqual({ x: 11 + 3, y: 11 + 2 });
});

test("vectors are rows of 32 without gaps", () => {
  expect(mosaicLayout({ channels: 200, height: 1, width: 1 })).toMatchObject({ columns: 32, width: 32, height: 7 });
  expect(mosaicLayout({ channels: 2, height: 1, width: 1 })).toMatchObject({ columns: 2, width: 2, height: 1 });
});

test("a unit is found again at its pixel, for every unit of some shapes", () => {
  for (const shape of [maps, { channels: 5, height: 3, width: 2 }, { channels: 70, height: 1, width: 1 }]) {
    const layout = mosaicLayout(shape);
    const pixels = new Set<string>();
    for (let channel = 0; channel < shape.channels; channel++)
      for (let row = 0; row < shape.height; row++)
        for (let column = 0; column < shape.width; column++) {
          const { x, y } = pixelOf(layout, { channel, row, column });
          expect(x < layout.width && y < layout.height).toBe(true);
          expect(unitAt(layout, shape, x + 0.5, y + 0.5)).toEqual({ channel, row, column });
          pixels.add(`${x} ${y}`);
        }
    expect(pixels.size).toBe(shape.channels * shape.height * shape.width);
  }
});

test("between two maps, behind the last and outside there is none", () => {
  const shape = { channels: 5, height: 3, width: 2 };
  const layout = mosaicLayout(shape, 4);
  expect(unitAt(layout, shape, 2.5, 0.5)).toBeUndefined();
  expect(unitAt(layout, shape, 3.5, 4.5)).toBeUndefined();
  expect(unitAt(layout, shape, -0.5, 0.5)).toBeUndefined();
  expect(unitAt(layout, shape, 0.5, 4.5)).toEqual({ channel: 4, row: 0, column: 0 });
});
