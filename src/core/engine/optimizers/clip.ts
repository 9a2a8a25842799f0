import { refuse } from "../../checks.js";
import type { KernelSpace } from "../kernels.js";
import type { TensorSpace } from "../parameters.js";

const EPSILON = 1e-6;

/**
 * Scales the gradients so that their norm, of all together, is at most `clipNorm`, as PyTorch's `clip_grad_norm_` does:
 * by clipNorm / (norm + 1e-6) where that is below 1. A norm that is no number makes all gradients NaN. The norm is summed in
 * double precision.
 *
 * @returns the norm before
 */
export function clipGradients(kernels: KernelSpace, { gradients, room }: TensorSpace, clipNorm: number): number {
  if (!(clipNorm > 0)) refuse("clipNorm", "a number above 0", clipNorm);
  const norm = Math.sqrt(kernels.run.sumOfSquares(gradients, room));
  const factor = clipNorm / (norm + EPSILON);
  if (!(factor >= 1)) kernels.run.scale(gradients, room, factor);
  return norm;
}
