import type { PlacedLayer } from "../../network/layer.js";
import type { AveragePool } from "../../network/layers/average-pool.js";
import type { Activations } from "../activations.js";
import type { Operation, Workshop } from "./operation.js";
import { pooledActivations } from "./pooled-activations.js";

/** The mean of each window, padding counted. */
export function averagePoolOperation(
  workshop: Workshop,
  placed: PlacedLayer,
  { size, stride = size, padding = 0 }: AveragePool,
  input: Activations,
): Operation {
  const { run } = workshop.kernels;
  const output = pooledActivations(workshop, placed, input);
  const { height, width } = placed.input;
  const { height: outHeight, width: outWidth } = placed.output;
  return {
    output,
    forward(examples) {
      for (let i = 0; i < examples; i++)
        run.averagePool(
          input.values + i * input.size * 4,
          height,
          width,
          input.stride,
          size,
          stride,
          padding,
          outHeight,
          outWidth,
          output.values + i * output.size * 4,
        );
    },
    backward(examples) {
      if (!input.gradients) return;
      for (let i = 0; i < examples; i++)
        run.averagePoolGradient(
          output.gradients + i * output.size * 4,
          height,
          width,
          input.stride,
          size,
          stride,
          padding,
          outHeight,
          outWidth,
          input.gradients + i * input.size * 4,
        );
    },
  };
}

/** The mean of each channel over all pixels. */
export function globalAveragePoolOperation(workshop: Workshop, placed: PlacedLayer, input: Activations): Operation {
  const { run } = workshop.kernels;
  const output = pooledActivations(workshop, placed, input);
  const pixels = placed.input.height * placed.input.width;
  const [inBytes, outBytes] = [input.size * 4, output.size * 4];
  return {
    output,
    forward(examples) {
      for (let i = 0; i < examples; i++)
        run.globalAveragePool(input.values + i * inBytes, pixels, input.stride, output.values + i * outBytes);
    },
    backward(examples) {
      if (!input.gradients) return;
      for (let i = 0; i < examples; i++)
        run.globalAveragePoolGradient(
          output.gradients + i * outBytes,
          pixels,
          input.stride,
          input.gradients + i * inBytes,
        );
    },
  };
}
