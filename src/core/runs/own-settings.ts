import { findArchitecture } from "../architectures/index.js";
import { InvalidRequest } from "../errors.js";
import { makeJob, type RunConfig, shapeOf } from "../training/job.js";

/**
 * The configuration that an architecture has if nothing is changed, on the images and with the engine version of
 * `like`. Undefined for an architecture that this version does not know.
 */
export function ownConfig(architecture: string, like: RunConfig): RunConfig | undefined {
  if (!isKnown(architecture)) return undefined;
  return makeJob(architecture, 0, { ...like.dataset, shape: shapeOf(like.dataset) }, { ...like.engine, simd: "base" })
    .config;
}

function isKnown(architecture: string): boolean {
  try {
    findArchitecture(architecture);
    return true;
  } catch (error) {
    if (error instanceof InvalidRequest) return false;
    throw error;
  }
}
