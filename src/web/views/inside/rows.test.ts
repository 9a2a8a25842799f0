import { expect, test } from "vitest";
import type { LayerActivations } from "../../../core/engine/readings.js";
import { convolution, relu } from "../../../core/index.js";
import { convolutionsOf, findRow, firstPointed, nearestUnit, seesImage } from "./pointed.js";
import { layerRows } from "./rows.js";

const shape = (channels: number) => ({ channels, height: 2, width: 2 });
const made = (name: string, channels: number, values: number[], layer: LayerActivations["layer"] = relu()) => ({
  ...{ name, layer, shape: shape(channels) },
  values: Float32Array.from(values),
});

const body = [
  made("trunk.1.body.0", 1, [5, 6, 7, 8], convolution(1, 3, { padding: 1 })),
  made("trunk.1.body.1", 1, [9, 9, 9, 9]),
];
const residual = {
  ...made("trunk.1", 1, [10, 11, 12, 13], { kind: "residual", layers: [], shortcut: [] }),
  body,
  shortcut: [],
};
const part = {
  name: "trunk",
  inputShape: shape(1),
  input: Float32Array.from([0, 0, 0, 1]),
  layers: [made("trunk.0", 1, [1, 2, 3, 4]), residual, made("trunk.2", 1, [0, 0, 0, 0])],
};
const rows = layerRows(part);

test("every layer is beside what it saw, those of branches behind their residual layer", () => {
  expect(rows.map(({ made: { name }, depth, input }) => [name, depth, [...input]])).toEqual([
    ["trunk.0", 0, [0, 0, 0, 1]],
    ["trunk.1", 0, [1, 2, 3, 4]],
    ["trunk.1.body.0", 1, [1, 2, 3, 4]],
    ["trunk.1.body.1", 1, [5, 6, 7, 8]],
    ["trunk.2", 0, [10, 11, 12, 13]],
  ]);
});

test("at first the strongest unit of the first convolution is pointed at", () => {
  const all = [{ seen: "first image", rows }];
  expect(convolutionsOf(all)).toEqual([{ seen: "first image", name: "trunk.1.body.0" }]);
  expect(firstPointed(all)).toEqual({
    seen: "first image",
    name: "trunk.1.body.0",
    unit: { channel: 0, row: 1, column: 1 },
  });
  expect(firstPointed([{ seen: "pair", rows: rows.slice(3) }])).toBeUndefined();
  expect(findRow(all, { seen: "second image", name: "trunk.0" })).toBeUndefined();
});

test("a unit that another layer does not have is the nearest that it has", () => {
  const [first] = rows;
  if (!first) throw new Error("there are rows");
  expect(nearestUnit(first, { channel: 9, row: 1, column: 7 })).toEqual({ channel: 0, row: 1, column: 1 });
});

test("the layers that see the image are the first of a trunk, or of the head where there is no trunk", () => {
  const [first, second, inBody] = rows;
  if (!first || !second || !inBody) throw new Error("there are rows");
  const trunk = { seen: "first image", rows };
  const head = { seen: "pair", rows: layerRows({ ...part, name: "head", input: Float32Array.from([1, 0, 0, 0]) }) };
  const [firstOfHead] = head.rows;
  if (!firstOfHead) throw new Error("the head has rows");
  expect([first, second, inBody].map((row) => seesImage([trunk, head], row))).toEqual([true, false, false]);
  expect(seesImage([trunk, head], firstOfHead)).toBe(false);
  expect(seesImage([head], firstOfHead)).toBe(true);
});
