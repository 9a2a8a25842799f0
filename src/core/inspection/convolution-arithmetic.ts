import { counting, numbers, partly, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { Shape } from "../network/index.js";
import type { Convolution } from "../network/layers/convolution.js";

/** The place of a unit in a layer's activations. */
export interface UnitPlace {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** One product of a convolution's sum. */
export interface ConvolutionTerm {
  /** The input channel, and the row and column of the kernel. */
  readonly channel: number;
  readonly row: number;
  readonly column: number;
  /** The place in the input. In the padding it is outside the input. */
  readonly inputRow: number;
  readonly inputColumn: number;
  readonly padding: boolean;
  /** 0 in the padding. */
  readonly input: number;
  readonly weight: number;
  readonly product: number;
}

/** The computation of one output of a convolution: bias + Σ input · weight. */
export interface ConvolutionArithmetic {
  /** Sorted by input channel, then kernel row, then kernel column. */
  readonly terms: readonly ConvolutionTerm[];
  readonly bias: number;
  /** The output, computed in double precision. */
  readonly sum: number;
}

const SHAPE = partly({ height: counting, width: counting, channels: counting });
const CONVOLUTION = partly({
  channels: counting,
  kernel: counting,
  stride: counting,
  padding: within({ least: 0, most: Number.MAX_SAFE_INTEGER, whole: true }),
});

/**
 * The computation of one output of a convolution (a cross-correlation, as in PyTorch).
 *
 * @param input   [channels, height, width]: the activations that the convolution saw
 * @param weight  [output channels, channels, kernel, kernel]
 * @param bias    [output channels]
 * @param unit    a place in the convolution's output
 * @throws InvalidRequest where the output has no such place, or input, weight or bias has another size
 */
export function convolutionArithmetic(
  input: ArrayLike<number>,
  shape: Shape,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  convolution: Convolution,
  unit: UnitPlace,
): ConvolutionArithmetic {
  numbers()(input, "input");
  SHAPE(shape, "shape");
  numbers()(weight, "weight");
  numbers()(bias, "bias");
  CONVOLUTION(convolution, "convolution");
  partly({})(unit, "unit");
  const { height, width, channels } = shape;
  const { channels: outputs, kernel, stride, padding } = convolution;
  const outputLength = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  requireLength("input", input, [channels, height, width]);
  requireLength("weight", weight, [outputs, channels, kernel, kernel]);
  requireLength("bias", bias, [outputs]);
  requireWithin("channel", unit.channel, outputs);
  requireWithin("row", unit.row, outputLength(height));
  requireWithin("column", unit.column, outputLength(width));
  const terms: ConvolutionTerm[] = [];
  const ownBias = bias[unit.channel] as number;
  let sum = ownBias;
  for (let channel = 0; channel < channels; channel++)
    for (let row = 0; row < kernel; row++)
      for (let column = 0; column < kernel; column++) {
        const inputRow = unit.row * stride + row - padding;
        const inputColumn = unit.column * stride + column - padding;
        const outside = inputRow < 0 || inputRow >= height || inputColumn < 0 || inputColumn >= width;
        const value = outside ? 0 : (input[(channel * height + inputRow) * width + inputColumn] as number);
        const factor = weight[((unit.channel * channels + channel) * kernel + row) * kernel + column] as number;
        const product = value * factor;
        sum += product;
        const place = { channel, row, column, inputRow, inputColumn, padding: outside };
        terms.push({ ...place, input: value, weight: factor, product });
      }
  return { terms, bias: ownBias, sum };
}

function requireLength(what: string, { length }: ArrayLike<number>, shape: readonly number[]): void {
  const due = shape.reduce((product, size) => product * size, 1);
  if (length !== due)
    throw new InvalidRequest(`the convolution's ${what} has ${shape.join("×")} = ${due} values, not ${length}`);
}

function requireWithin(what: string, value: number, count: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0 && value < count))
    throw new InvalidRequest(
      `the convolution's output has no ${what} ${value}: it must be a whole number from 0 to ${count - 1}`,
    );
}
