import type { Layer } from "../../network/layer.js";
import { allocateActivations } from "../activations.js";
import type { LayerOperation } from "./operation.js";

/** Where a row's features stand: element e of f and of g. */
interface Places {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/**
 * A number made of each f_i and g_i. Loops are written out: one loop that calls a function for each element takes more than twice as
 * long where a network has several such functions.
 */
interface Pairwise {
  /** Of the row that begins at `from` of x, into the elements of y from `to` on. */
  make(x: Float32Array, from: number, places: Places, y: Float32Array, to: number): void;
  /** Adds to the row's gradients what the elements of y from `to` on send back. */
  sendBack(x: Float32Array, from: number, places: Places, ofY: Float32Array, to: number, ofX: Float32Array): void;
}

export const subtracted: Pairwise = {
  make(x, from, { first, second }, y, to) {
    for (let e = 0; e < first.length; e++)
      y[to + e] = (x[from + (first[e] as number)] as number) - (x[from + (second[e] as number)] as number);
  },
  sendBack(_x, from, { first, second }, ofY, to, ofX) {
    for (let e = 0; e < first.length; e++) {
      const slope = ofY[to + e] as number;
      add(ofX, from + (first[e] as number), slope);
      add(ofX, from + (second[e] as number), -slope);
    }
  },
};

/** Its derivative at 0 is 0. */
export const apart: Pairwise = {
  make(x, from, { first, second }, y, to) {
    for (let e = 0; e < first.length; e++)
      y[to + e] = Math.abs((x[from + (first[e] as number)] as number) - (x[from + (second[e] as number)] as number));
  },
  sendBack(x, from, { first, second }, ofY, to, ofX) {
    for (let e = 0; e < first.length; e++) {
      const atF = from + (first[e] as number);
      const atG = from + (second[e] as number);
      const slope = (ofY[to + e] as number) * Math.sign((x[atF] as number) - (x[atG] as number));
      add(ofX, atF, slope);
      add(ofX, atG, -slope);
    }
  },
};

export const multiplied: Pairwise = {
  make(x, from, { first, second }, y, to) {
    for (let e = 0; e < first.length; e++)
      y[to + e] = (x[from + (first[e] as number)] as number) * (x[from + (second[e] as number)] as number);
  },
  sendBack(x, from, { first, second }, ofY, to, ofX) {
    for (let e = 0; e < first.length; e++) {
      const atF = from + (first[e] as number);
      const atG = from + (second[e] as number);
      const slope = ofY[to + e] as number;
      add(ofX, atF, slope * (x[atG] as number));
      add(ofX, atG, slope * (x[atF] as number));
    }
  },
};

function add(to: Float32Array, at: number, value: number): void {
  to[at] = (to[at] as number) + value;
}

/** Of each two elements of a flat input's halves one number, or several, one half behind the other. */
export const pairwise = (...parts: readonly Pairwise[]): LayerOperation<Layer> => ({
  make({ kernels, examples: capacity }, placed, input) {
    const output = allocateActivations(kernels, placed.output, capacity);
    const half = input.positions.length / 2;
    const places = { first: input.positions.subarray(0, half), second: input.positions.subarray(half) };
    return {
      output,
      forward(examples) {
        const x = kernels.floats(input.values, examples * input.size);
        const y = kernels.floats(output.values, examples * output.size);
        parts.forEach((part, k) => {
          for (let i = 0; i < examples; i++) part.make(x, i * input.size, places, y, i * output.size + k * half);
        });
      },
      backward(examples) {
        if (!input.gradients) return;
        const x = kernels.floats(input.values, examples * input.size);
        const ofX = kernels.floats(input.gradients, examples * input.size).fill(0);
        const ofY = kernels.floats(output.gradients, examples * output.size);
        parts.forEach((part, k) => {
          for (let i = 0; i < examples; i++)
            part.sendBack(x, i * input.size, places, ofY, i * output.size + k * half, ofX);
        });
      },
    };
  },
});
