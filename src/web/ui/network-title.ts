import { findArchitecture, InvalidRequest } from "../../core/index.js";

/** An architecture's title; its name where this version does not know it, as a run store of another version may have it. */
export function networkTitle(name: string): string {
  try {
    return findArchitecture(name).title;
  } catch (error) {
    if (error instanceof InvalidRequest) return name;
    throw error;
  }
}
