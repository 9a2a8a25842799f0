import type { GroupNorm } from "../../network/layers/group-norm.js";
import { isFlat } from "../../network/shape.js";
import { allocateLike, columnsOf } from "../activations.js";
import { inOrder } from "../parameters.js";
import type { LayerOperation } from "./operation.js";

/** PyTorch's default. */
const EPSILON = 1e-5;

/** Group norm of each example over a group's channels and all pixels, or over a group's features of flat activations. */
const operation: LayerOperation<GroupNorm> = {
  make({ kernels, tensors, examples: capacity }, placed, input) {
    const { groups } = placed.layer;
    const { run } = kernels;
    const output = allocateLike(kernels, input, capacity);
    // As in batch norm, a channel is a float of flat activations, or a lane of a map's pixels.
    const room = isFlat(input.shape) ? input.size : input.stride;
    const places = isFlat(input.shape) ? input.positions : inOrder(input.shape.channels);
    const pixels = input.size / room;
    const channels = places.length;
    const gamma = tensors.parameter(placed, "weight", room, () => places);
    const beta = tensors.parameter(placed, "bias", room, () => places);
    const columns = columnsOf(kernels, places);
    // They are kept for each example, because the way back needs them.
    const [means, inverses] = [kernels.allocate(capacity * room), kernels.allocate(capacity * room)];
    const row = () => kernels.allocate(room);
    const [scale, shift, slope] = [row(), row(), row()];
    const [totals, sums] = [kernels.allocate(4 * room), kernels.allocate(4 * room)];
    const clear = (pointer: number) => kernels.floats(pointer, 4 * room).fill(0);
    return {
      output,
      forward(examples) {
        for (let i = 0; i < examples; i++) {
          const [at, own] = [i * input.size * 4, i * room * 4];
          const { values } = gamma;
          clear(totals);
          run.addMoments(input.values + at, 1, pixels, room, totals);
          run.finishGroups(
            ...([totals, pixels, room, columns, channels, groups, EPSILON, values, beta.values] as const),
            ...([means + own, inverses + own, scale, shift] as const),
          );
          run.affine(input.values + at, pixels, room, scale, shift, -Infinity, output.values + at);
        }
      },
      backward(examples) {
        clear(sums);
        for (let i = 0; i < examples; i++) {
          const [at, own] = [i * input.size * 4, i * room * 4];
          const [x, gradient, mean, inverse] = [input.values + at, output.gradients + at, means + own, inverses + own];
          clear(totals);
          run.addGradientMoments(gradient, x, 1, pixels, room, mean, inverse, totals);
          run.finishGroupsGradient(
            ...([totals, sums, pixels, room, columns, channels, groups, gamma.values] as const),
            ...([mean, inverse, scale, slope, shift] as const),
          );
          if (input.gradients) run.affineGradient(gradient, x, pixels, room, scale, slope, shift, input.gradients + at);
        }
        const all = kernels.doubles(sums, 2 * room);
        const [ofGamma, ofBeta] = [kernels.floats(gamma.gradients, room), kernels.floats(beta.gradients, room)];
        for (const place of places) {
          ofBeta[place] = (ofBeta[place] as number) + (all[place] as number);
          ofGamma[place] = (ofGamma[place] as number) + (all[room + place] as number);
        }
      },
    };
  },
};
export default operation;
