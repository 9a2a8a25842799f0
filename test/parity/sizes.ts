import type { Architecture } from "../../src/core/architectures/index.js";
import { findArchitecture } from "../../src/core/architectures/index.js";
import type { Pairs } from "../../src/core/data/pairs.js";
import { lessOrEqual } from "../../src/core/data/relations.js";
import {
  batchNorm,
  convolution,
  flatten,
  globalAveragePool,
  type Layer,
  linear,
  maxPool,
  relu,
} from "../../src/core/network/index.js";
import { draw } from "./rule.js";

/** Images of another size than MNIST's. Their salt is chosen like the rule's own, for one network. */
export interface Size {
  readonly salt: string;
  readonly side: number;
  readonly channels: number;
  readonly classes: number;
}

const block = (channels: number): Layer[] => [
  convolution(channels, 3, { padding: 1 }),
  batchNorm(),
  maxPool(2),
  relu(),
];

const threeByThree: Architecture = {
  ...findArchitecture("matching"),
  ...{ name: "three-by-three", title: "3×3 convolutions", learningRate: 1e-3 },
  trunk: [...block(32), ...block(48), ...block(64), ...block(80), globalAveragePool(), flatten(), linear(64)],
  head: [linear(64), relu(), linear(2)],
};

const auxiliary = findArchitecture("weight-sharing-auxiliary");
/** Networks for images of other sizes; networks.py is the twin. */
export const sized: readonly Architecture[] = [
  threeByThree,
  { ...findArchitecture("matching"), name: "matching-colour", learningRate: 3e-3 },
  { ...auxiliary, name: "letters", trunk: [...auxiliary.trunk.slice(0, -1), linear(26)] },
];

/** The size of a network's images, where it is another than MNIST's; rule.py is the twin. */
export const sizeOf = (network: string): Size | undefined => SIZES.get(network);

const SIZES = new Map<string, Size>([
  ["three-by-three", { salt: "16", side: 32, channels: 3, classes: 10 }],
  ["matching-colour", { salt: "4", side: 32, channels: 3, classes: 10 }],
  ["letters", { salt: "3", side: 28, channels: 1, classes: 26 }],
]);

const COUNT = 6;

/** Pairs of glyphs of 5×3 cells, one for each class, each pixel with an ink of its own in each channel. */
export function sizedPairs({ salt, side, channels, classes: classCount }: Size): Pairs {
  const of = (name: string, index: number) => draw(`${salt}/${name}`, index);
  const cell = Math.floor(side / 7);
  const classes = Uint8Array.from({ length: 2 * COUNT }, (_, image) => of("class", image) % classCount);
  const images = new Float32Array(2 * COUNT * channels * side * side);
  classes.forEach((glyph, image) => {
    const bits = of("glyph", glyph);
    const [top, left] = [of("top", image) % (side - 5 * cell + 1), of("left", image) % (side - 3 * cell + 1)];
    for (let y = 0; y < 5 * cell; y++)
      for (let x = 0; x < 3 * cell; x++) {
        if (!((bits >>> (3 * Math.floor(y / cell) + Math.floor(x / cell))) & 1)) continue;
        for (let channel = 0; channel < channels; channel++) {
          const at = ((image * channels + channel) * side + top + y) * side + left + x;
          images[at] = 80 + 64 * (of("ink", at) % 3);
        }
      }
  });
  const targets = Uint8Array.from({ length: COUNT }, (_, pair) =>
    Number(lessOrEqual.holds(classes[2 * pair] as number, classes[2 * pair + 1] as number)),
  );
  return { count: COUNT, height: side, width: side, channels, classCount, images, classes, targets };
}
