import { refuse } from "../../checks.js";
import { checkSpace, type KernelSpace } from "../kernels.js";
import { checkTensors, type TensorSpace } from "../parameters.js";

const EPSILON = 1e-6;

/**
 * Scales the gradients so that their norm, of all together, is at most `clipNorm`, as PyTorch's `clip_grad_norm_` does:
 * by clipNorm / (norm + 1e-6) where that is below 1. A norm that is no number makes all gradients NaN. The norm is summed in
 * double precision.
 *
 * @returns the norm before
 * @throws InvalidRequest where these are no kernels, no model's tensors, or `clipNorm` is not above 0
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
