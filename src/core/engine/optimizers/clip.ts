import { refuse } from "../../checks.js";
import { checkSpace, type KernelSpace } from "../kernels.js";
import { checkTensors, type TensorSpace } from "../parameters.js";

const EPSILON = 1e-6;

/**
 * Scales all gradients so that their common norm is at most `clipNorm`. As PyTorch's `clip_grad_norm_`, it multiplies them by
 * clipNorm / (norm + 1e-6) where that is below 1. If the norm is NaN, all gradients become NaN. The norm is summed in double
 * precision.
 *
 * @returns the norm before scaling
 * @throws InvalidRequest where kernels or tensors are invalid, or `clipNorm` is not above 0
 */
export function clipGradients(kernels: KernelSpace, tensors: TensorSpace, clipNorm: number): number {
  checkSpace(kernels, "kernels");
  checkTensors(tensors, "tensors");
  if (!(clipNorm > 0)) refuse("clipNorm", "a number above 0", clipNorm);
  const { gradients, room } = tensors;
  const norm = Math.sqrt(kernels.run.sumOfSquares(gradients, room));
  const factor = clipNorm / (norm + EPSILON);
  if (!(factor >= 1)) kernels.run.scale(gradients, room, factor);
  return norm;
}
