import { anything, fields } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { maybe, padding, size } from "./fields.js";
import type { Rules } from "./layer.js";
import { shaped } from "./rules.js";
import { describe, isFlat, type Shape } from "./shape.js";

/** Options of a window that steps over a map. */
export interface WindowOptions {
  readonly stride?: number;
  readonly padding?: number;
}

/** Checks only the names: the values are checked as the layer's. */
export const checkOptions = fields({ stride: anything, padding: anything }, "option");

/** A square window that steps over a map. */
interface Window extends WindowOptions {
  readonly size: number;
}

export const WINDOW = { size, stride: maybe(size), padding: maybe(padding) };

/** The fields of a pool's window, without those that have their default value. */
export function windowOf(size: number, options: WindowOptions, maker: string): Window {
  checkOptions(options, `${maker}'s options`);
  const { stride = size, padding = 0 } = options;
  return { size, ...(stride !== size && { stride }), ...(padding !== 0 && { padding }) };
}

/** The shape after pooling, as PyTorch counts windows: those that lie within the map and its padding. */
export function pooled({ size, stride = size, padding = 0 }: Window, kind: string, input: Shape): Rules {
  if (2 * padding > size)
    throw new InvalidRequest(`padding ${padding} of a ${size}×${size} ${kind} must be at most half of its size`);
  if (padding > 0 && isFlat(input))
    throw new InvalidRequest(
      `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind} with padding needs a map, not ${describe(input)}`,
    );
  const across = (length: number) => Math.floor((length + 2 * padding - size) / stride) + 1;
  const output = { height: across(input.height), width: across(input.width), channels: input.channels };
  if (output.height < 1 || output.width < 1) throw tooSmall(`a ${size}×${size} ${kind}`, size - 2 * padding, input);
  return shaped(output);
}

/** @param least  of a map's height and width */
export const tooSmall = (window: string, least: number, input: Shape): InvalidRequest =>
  new InvalidRequest(`${window} does not fit ${describe(input)}: it needs ${least}×${least} at least`);

export const windowInWords = (window: Window, kind: string): string =>
  `${kind} ${window.size}×${window.size}${steps(window, window.size)}`;

/** Stride and padding in words; empty where the stride is `usual` and there is no padding. */
export function steps({ stride = 0, padding = 0 }: WindowOptions, usual: number): string {
  const by = stride || usual;
  return `${by === usual ? "" : `, stride ${by}`}${padding === 0 ? "" : `, padding ${padding}`}`;
}
