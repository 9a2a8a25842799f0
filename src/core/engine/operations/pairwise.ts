import type { Layer } from "../../network/layer.js";
import { allocateActivations } from "../activations.js";
import type { LayerOperation } from "./operation.js";

/** A number made of two, f_i and g_i, and its derivatives. */
interface Pairwise {
  value(f: number, g: number): number;
  ofFirst(f: number, g: number): number;
  ofSecond(f: number, g: number): number;
}

export const subtracted: Pairwise = {
  value: (f, g) => f - g,
  ofFirst: () => 1,
  ofSecond: () => -1,
};

/** Its derivative at 0 is 0. */
export const apart: Pairwise = {
  value: (f, g) => Math.abs(f - g),
  ofFirst: (f, g) => Math.sign(f - g),
  ofSecond: (f, g) => Math.sign(g - f),
};

export const multiplied: Pairwise = {
  value: (f, g) => f * g,
  ofFirst: (_, g) => g,
  ofSecond: (f) => f,
};

/** Of each two elements of a flat input's halves one number, or several, one half behind the other. */
export const pairwise = (...parts: readonly Pairwise[]): LayerOperation<Layer> => ({
  make({ kernels, examples: capacity }, placed, input) {
    const output = allocateActivations(kernels, placed.output, capacity);
    const half = input.positions.length / 2;
    const [first, second] = [input.positions.subarray(0, half), input.positions.subarray(half)];
    return {
      output,
      forward(examples) {
        const x = kernels.floats(input.values, examples * input.size);
        const y = kernels.floats(output.values, examples * output.size);
        for (let i = 0; i < examples; i++)
          parts.forEach(({ value }, part) => {
            const [from, to] = [i * input.size, i * output.size + part * half];
            for (let e = 0; e < half; e++)
              y[to + e] = value(x[from + (first[e] as number)] as number, x[from + (second[e] as number)] as number);
          });
      },
      backward(examples) {
        if (!input.gradients) return;
        const x = kernels.floats(input.values, examples * input.size);
        const ofX = kernels.floats(input.gradients, examples * input.size);
        const ofY = kernels.floats(output.gradients, examples * output.size);
        for (let i = 0; i < examples; i++)
          parts.forEach(({ ofFirst, ofSecond }, part) => {
            const [from, to] = [i * input.size, i * output.size + part * half];
            for (let e = 0; e < half; e++) {
              const [atF, atG] = [from + (first[e] as number), from + (second[e] as number)];
              const [f, g, slope] = [x[atF] as number, x[atG] as number, ofY[to + e] as number];
              const [before, beside] = part === 0 ? [0, 0] : [ofX[atF] as number, ofX[atG] as number];
              ofX[atF] = before + slope * ofFirst(f, g);
              ofX[atG] = beside + slope * ofSecond(f, g);
            }
          });
      },
    };
  },
});
