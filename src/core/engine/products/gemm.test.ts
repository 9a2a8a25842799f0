import fc from "fast-check";
import { expect, it } from "vitest";
import { newKernels } from "../../../../test/support/kernels.js";
import { uniform } from "../../../../test/support/models.js";

const kernels = newKernels();

/** The multiply-adds of a sum in single precision, the first one first. */
function sumOf(start: number, depth: number, a: (k: number) => number, b: (k: number) => number): number {
  let sum = start;
  for (let k = 0; k < depth; k++) sum = Math.fround(sum + Math.fround(a(k) * b(k)));
  return sum;
}

const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 13 }),
  panels: fc.integer({ min: 1, max: 9 }),
  // Longer ones than are packed at a time are among them.
  depth: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 250, max: 600 })),
  transposed: fc.boolean(),
  accumulates: fc.boolean(),
  count: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

it("each sum is that of its definition, term by term, to the bit", () => {
  fc.assert(
    fc.property(shapes, ({ rows, panels, depth, transposed, accumulates, count, seed }) => {
      kernels.clear();
      const next = uniform(seed);
      const noise = (floats: number) => {
        const pointer = kernels.allocate(floats);
        kernels.floats(pointer, floats).forEach((_, i, all) => {
          all[i] = 2 * next() - 1;
        });
        return pointer;
      };
      const whole = Math.ceil(rows / 4) * 4;
      const columns = 8 * panels;
      // Between two rows or products there are numbers that belong to neither.
      const [aFloats, bFloats, cFloats] = [
        (transposed ? depth : whole) * ((transposed ? whole : depth) + 3) + 5,
        columns * depth + 7,
        whole * columns + 9,
      ];
      const [a, b, c] = [noise(count * aFloats), noise(count * bFloats), noise(count * cFloats)];
      const start = noise(columns);
      const [aRow, aStep] = transposed ? [1, whole + 3] : [depth + 3, 1];
      const [x, w] = [kernels.floats(a, count * aFloats).slice(), kernels.floats(b, count * bFloats).slice()];
      const before = kernels.floats(accumulates ? c : start, accumulates ? count * cFloats : columns).slice();
      // biome-ignore format: a line for each operand
      kernels.run.gemms(
        count, rows, panels, depth,
        a, aRow * 4, aStep * 4, aFloats * 4,
        b, depth * 32, 32, bFloats * 4,
        accumulates ? c : start, accumulates ? columns * 4 : 0, 32, accumulates ? cFloats * 4 : 0,
        c, columns * 4, 32, cFloats * 4,
      );
      const y = kernels.floats(c, count * cFloats);
      for (let product = 0; product < count; product++)
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            const panel = Math.floor(j / 8) * depth * 8 + (j % 8);
            const sum = sumOf(
              before[accumulates ? product * cFloats + i * columns + j : j] as number,
              depth,
              (k) => x[product * aFloats + i * aRow + k * aStep] as number,
              (k) => w[product * bFloats + panel + 8 * k] as number,
            );
            if (y[product * cFloats + i * columns + j] !== sum)
              expect([product, i, j, y[product * cFloats + i * columns + j]]).toEqual([product, i, j, sum]);
          }
    }),
    { seed: 1, numRuns: 80 },
  );
});
