import { InvalidRequest } from "../errors.js";
import { makeJob, type RunConfig, shapeOf } from "../training/job.js";

/**
 * The configuration that an architecture has if nothing is changed, on the images and with the engine version of
 * `like`. Undefined for an architecture that this version does not know, or that does not fit these images: a network of one's own may
 * have changed since its runs.
 */
export function ownConfig(architecture: string, like: RunConfig): RunConfig | undefined {
  // Without the classes' order: an architecture's own relation needs one, and they may have none.
  const { name, sha256 } = like.dataset;
  const dataset = { name, sha256, shape: shapeOf(like.dataset) };
  try {
    return makeJob(architecture, 0, dataset, { ...like.engine, simd: "base" }).config;
  } catch (error) {
    if (error instanceof InvalidRequest) return undefined;
    throw error;
  }
}
