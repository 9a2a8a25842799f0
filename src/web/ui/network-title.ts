import { findArchitecture, InvalidRequest } from "../../core/index.js";

/** An architecture's title, or its name if this version does not know it: a run store may be of another version. */
export function networkTitle(name: string): string {
  try {
    return findArchitecture(name).title;
  } catch (error) {
    if (error instanceof InvalidRequest) return name;
    throw error;
  }
}
