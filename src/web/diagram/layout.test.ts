import { describe, expect, it } from "vitest";
import {
  type Architecture,
  architectures,
  findArchitecture,
  furtherArchitectures,
} from "../../core/architectures/index.js";
import { relationNamed } from "../../core/data/relations.js";
import {
  batchNorm,
  convolution,
  globalAveragePool,
  linear,
  type Network,
  relu,
  residual,
} from "../../core/network/index.js";
import { parameterCount } from "../../core/network/network.js";
import { placeNetwork } from "../../core/network/place-network.js";
import { fitted } from "../../core/training/job.js";
import { DIGITS, type SeenImages, sizeInWords } from "../images/seen.js";
import { type Area, type Drawing, type Label, SIZES, textWidth } from "./drawing.js";
import { layoutNetwork } from "./layout.js";
import type { Detail } from "./rows.js";

const block = residual([convolution(16, 3, { padding: 1 }), batchNorm()]);
/** What no architecture has: a residual layer at the very beginning, in trunks apart; and one in another. */
const SEPARATE_RESIDUAL: Network = {
  trunk: [
    residual([convolution(16, 3, { padding: 1 })], [convolution(16, 1)]),
    residual([relu(), block]),
    globalAveragePool(),
    linear(10),
  ],
  trunks: "separate",
  head: [],
  auxiliaryWeight: 0.125,
};
const DEEP: Network = {
  trunk: [],
  head: [
    convolution(16, 3, { padding: 1 }),
    block,
    relu(),
    block,
    relu(),
    block,
    relu(),
    globalAveragePool(),
    linear(2),
  ],
  pairWeight: 0.125,
};

const NETWORKS: readonly (readonly [string, Network])[] = [
  ...[
    ...architectures,
    ...furtherArchitectures,
    ...["trunk", "trunk+sharing", "trunk+auxiliary+batch-norm+dropout", "trunk+auxiliary+rule"].map(findArchitecture),
  ].map((architecture) => [architecture.name, architecture] as const),
  ["residual layers in separate trunks", SEPARATE_RESIDUAL],
  ["residual layers in a row", DEEP],
];
/** Digits, and the largest, the flattest and the smallest images that there can be. */
const SEEN: readonly SeenImages[] = [
  DIGITS,
  { shape: { height: 64, width: 64, channels: 3, classes: 1000 }, isDigits: false },
  { shape: { height: 8, width: 64, channels: 1, classes: 2 }, isDigits: false },
  { shape: { height: 8, width: 8, channels: 3, classes: 12 }, isDigits: false },
];
const DRAWINGS = SEEN.flatMap((seen) =>
  NETWORKS.flatMap(([name, written]) => {
    const network = "epochs" in written ? fitted(written as Architecture, seen.shape) : written;
    if (!fits(network, seen)) return [];
    return (["card", "full"] as const).map((detail) => ({
      ...{ name, detail, network, seen, size: sizeInWords(seen.shape) },
      drawing: draw(network, detail, seen),
    }));
  }),
);

function fits(network: Network, { shape }: SeenImages): boolean {
  try {
    placeNetwork(network, shape);
    return true;
  } catch {
    return false;
  }
}

function draw(network: Network, detail: Detail, seen = DIGITS): Drawing {
  return layoutNetwork(placeNetwork(network, seen.shape), detail, relationNamed("less-or-equal"), seen);
}
const drawNamed = (name: string, detail: Detail) => draw(findArchitecture(name), detail);

function areaOf({ kind, text, anchor, x, y }: Label): Area {
  const width = textWidth(kind, text);
  const before = { start: 0, middle: width / 2, end: width }[anchor];
  return { x: x - before, y: y - SIZES[kind] / 2, width, height: SIZES[kind] };
}

const overlap = (a: Area, b: Area) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const lies = (inner: Area, outer: Area) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const overlaps = <Item>(items: readonly Item[], area: (item: Item) => Area) =>
  items.flatMap((a, i) => items.slice(i + 1).flatMap((b) => (overlap(area(a), area(b)) ? [[a, b]] : [])));

describe.each(DRAWINGS)("$name, $detail, of $size", ({ drawing, detail, network, seen }) => {
  const { boxes, labels, frames, activations, width, height } = drawing;
  const areas = [...boxes, ...activations];
  const whole = { x: 0, y: 0, width, height };

  it("its boxes and activations do not overlap, and its labels do not overlap", () => {
    expect(overlaps(areas, (area) => area)).toEqual([]);
    expect(overlaps(labels, areaOf)).toEqual([]);
  });

  it("all of it lies within the drawing", () => {
    expect([...areas, ...frames].filter((area) => !lies(area, whole))).toEqual([]);
    expect(labels.filter((label) => !lies(areaOf(label), whole))).toEqual([]);
  });

  it("a label lies in one box or beside all of them", () => {
    const crossing = labels.filter((label) =>
      areas.some((area) => overlap(areaOf(label), area) && !lies(areaOf(label), area)),
    );
    expect(crossing).toEqual([]);
  });

  if (detail === "full")
    it("its layers' parameters add up to the network's", () => {
      const [stack] = frames.filter(({ copies }) => copies > 1);
      const counts = labels
        .filter(({ kind }) => kind === "parameters")
        .map(
          (label) => Number(label.text.replaceAll(",", "")) * (stack && lies(areaOf(label), stack) ? stack.copies : 1),
        );
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(parameterCount(placeNetwork(network, seen.shape)));
    });
  else
    it("has boxes that can be taken in at once", () => {
      expect(boxes.filter(({ kind }) => kind !== "sum").length).toBeLessThanOrEqual(
        network.trunks === "separate" ? 16 : 13,
      );
    });
});

/** Arrows that go into a box from above, and those that leave it downwards. */
function flowsOf({ arrows }: Drawing, box: Area) {
  const ends = (at: 0 | -1, y: number) =>
    arrows.filter(({ kind, points }) => {
      const [x, height] = points.at(at) ?? [];
      return kind === "flow" && height === y && x !== undefined && x > box.x && x < box.x + box.width;
    }).length;
  return { into: ends(-1, box.y), from: ends(0, box.y + box.height) };
}
const layersIn = ({ boxes }: Drawing, frame: Area) => boxes.filter((box) => box.kind === "layers" && lies(box, frame));
const saying = ({ labels }: Drawing, text: string) =>
  labels.filter((label) => label.text.replaceAll("\u00a0", " ") === text);

describe("a shared trunk", () => {
  const drawing = drawNamed("weight-sharing-auxiliary", "card");
  const [frame, ...others] = drawing.frames;

  it("is there once: two convolutions and two linear layers", () => {
    expect(others).toEqual([]);
    expect(frame && layersIn(drawing, frame)).toHaveLength(4);
    expect(saying(drawing, "conv 32, 5×5")).toHaveLength(1);
  });

  it("has two arrows in and two out, which go into the head", () => {
    const trunk = frame ? layersIn(drawing, frame) : [];
    const [first, last] = [trunk.at(0), trunk.at(-1)];
    expect(first && flowsOf(drawing, first)).toEqual({ into: 2, from: 1 });
    expect(last && flowsOf(drawing, last)).toEqual({ into: 1, from: 2 });
    const head = drawing.boxes.find((box) => box.kind === "layers" && !trunk.includes(box));
    expect(head && flowsOf(drawing, head)).toEqual({ into: 2, from: 1 });
  });

  it("has a loss of both outputs where it has an auxiliary loss", () => {
    expect(saying(drawing, "digit loss × 0.5")).toHaveLength(1);
    // Of both outputs, and of the pair.
    expect(drawing.arrows.filter(({ kind }) => kind === "loss")).toHaveLength(3);
    expect(drawNamed("trunk+sharing", "card").arrows.filter(({ kind }) => kind === "loss")).toHaveLength(1);
  });
});

it("separate trunks are two, of the same layers, with one arrow in each", () => {
  const drawing = drawNamed("trunk", "card");
  expect(drawing.frames).toHaveLength(2);
  const trunks = drawing.frames.map((frame) => layersIn(drawing, frame));
  expect(trunks.map((boxes) => boxes.length)).toEqual([4, 4]);
  for (const [first] of trunks) expect(first && flowsOf(drawing, first)).toEqual({ into: 1, from: 1 });
});

it("an ensemble's trunk is there once, in a stack", () => {
  const drawing = drawNamed("best-ensemble", "card");
  expect(drawing.frames.map(({ copies }) => copies)).toEqual([4]);
  expect(saying(drawing, "× 4, averaged")).toHaveLength(1);
});

it("without a trunk both images go into the head's first box, in no frame", () => {
  const drawing = drawNamed("mlp", "card");
  expect(drawing.frames).toEqual([]);
  const first = drawing.boxes.find(({ kind }) => kind === "layers");
  expect(first && flowsOf(drawing, first)).toEqual({ into: 2, from: 1 });
  expect(saying(drawing, "as two channels")).toHaveLength(1);
});

it("without a head digits are compared, and there is no loss of pairs", () => {
  const drawing = drawNamed("one-by-one", "card");
  const rule = drawing.boxes.find(({ kind }) => kind === "rule");
  expect(rule && flowsOf(drawing, rule)).toEqual({ into: 2, from: 0 });
  expect(saying(drawing, "pair loss")).toEqual([]);
});

it("a head that nothing is trained through has no loss", () => {
  expect(saying(drawNamed("best", "card"), "pair loss")).toEqual([]);
  expect(saying(drawNamed("best-learned", "card"), "pair loss")).toHaveLength(1);
});

it("a residual layer has a skip connection into its sum, in two pieces around a shortcut's layers", () => {
  const { arrows, boxes } = drawNamed("resnet-sharing", "card");
  expect(boxes.filter(({ kind }) => kind === "sum")).toHaveLength(2);
  expect(arrows.filter(({ kind }) => kind === "skip")).toHaveLength(1 + 2);
});

it("a card has repeated blocks once, the full drawing has each", () => {
  const sums = (detail: Detail) => draw(DEEP, detail).boxes.filter(({ kind }) => kind === "sum").length;
  expect([sums("card"), sums("full")]).toEqual([1, 3]);
  expect(saying(draw(DEEP, "card"), "3 times")).toHaveLength(1);
});

it("of other images it says their size, their channels and their classes, and draws their shape", () => {
  const seen = { shape: { height: 16, width: 32, channels: 3, classes: 12 }, isDigits: false };
  const mlp = draw(findArchitecture("mlp"), "card", seen);
  expect(saying(mlp, "16×32×3")).toHaveLength(2);
  expect(saying(mlp, "as six channels")).toHaveLength(1);
  const images = mlp.boxes.filter(({ kind }) => kind === "image");
  expect(images.map(({ width, height }) => [width, height])).toEqual([
    [28, 14],
    [28, 14],
  ]);
  const rule = draw(fitted(findArchitecture("one-by-one"), seen.shape), "card", seen);
  expect(saying(rule, "classes compared:")).toHaveLength(1);
  expect(saying(rule, "class loss")).toHaveLength(1);
});
