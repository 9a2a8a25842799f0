import type { PixelScale } from "../../src/core/data/normalization.js";
import type { Pairs } from "../../src/core/data/pairs.js";
import { lessOrEqual } from "../../src/core/data/relations.js";
import { draw } from "./rule.js";

const SIDE = 14;
const COUNT = 24;
/** Each digit as five rows of three bits, written in octal. */
const FONT = ["75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717"];

/** Makes ink 1, 2 or 3 and the background −1/4. */
export const SCALE: PixelScale = { mean: 16, deviation: 64 };

/** The pairs that every fixture was made from; rule.py is the twin. */
export function allPairs(): Pairs {
  const classes = Uint8Array.from({ length: 2 * COUNT }, (_, image) => draw("class", image) % 10);
  const images = new Float32Array(2 * COUNT * SIDE * SIDE);
  classes.forEach((digit, image) => {
    drawDigit(digit, image, images.subarray(image * SIDE * SIDE, (image + 1) * SIDE * SIDE));
  });
  const targets = Uint8Array.from({ length: COUNT }, (_, pair) =>
    Number(lessOrEqual.holds(classes[2 * pair] as number, classes[2 * pair + 1] as number)),
  );
  return { count: COUNT, height: SIDE, width: SIDE, channels: 1, classCount: 10, images, classes, targets };
}

/** A digit of 10×6 pixels somewhere on a background of zeros. */
function drawDigit(digit: number, image: number, pixels: Float32Array): void {
  const [top, left] = [draw("top", image) % 5, draw("left", image) % 9];
  for (let y = 0; y < 10; y++)
    for (let x = 0; x < 6; x++) {
      const bits = Number(FONT[digit]?.[y >> 1]);
      if (!(bits & (4 >> (x >> 1)))) continue;
      const at = (top + y) * SIDE + left + x;
      pixels[at] = 80 + 64 * (draw("ink", image * SIDE * SIDE + at) % 3);
    }
}
