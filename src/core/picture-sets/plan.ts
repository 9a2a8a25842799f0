import type { ImageOptions, Size } from "../data/image-options.js";
import type { Fit, Picture } from "../pictures/index.js";

/** How pictures are kept: as they are, where networks see that or its 2×2 averages, or as networks see them, in 256ths. */
export interface Plan {
  readonly kind: "as they are" | "prepared";
  /** Of what is kept. */
  readonly size: Size;
  readonly channels: 1 | 3;
  readonly fit?: Fit;
  readonly background: readonly number[];
  /** A picture that has colour where none was known to have any, or another size, is not for this plan. */
  readonly greyOnly: boolean;
}

/** What pictures are, as far as they were looked at. */
export interface Seen {
  readonly size: Size;
  /** All have that size. */
  readonly isOneSize: boolean;
  readonly hasColour: boolean;
}

const PAPER = { stored: 28, seen: 14 };
/** Sides of what networks see, where nobody says it. */
const USUAL = { least: 8, most: 64, mixed: 32 };

/** What networks see of pictures, where nobody says it. */
export function usualSize({ size: { height, width }, isOneSize }: Pick<Seen, "size" | "isOneSize">): Size {
  const fits = (side: number) => side >= USUAL.least && side <= USUAL.most;
  if (!isOneSize || !(fits(height) && fits(width))) return { height: USUAL.mixed, width: USUAL.mixed };
  if (height === PAPER.stored && width === PAPER.stored) return { height: PAPER.seen, width: PAPER.seen };
  return { height, width };
}

/** How pictures are kept, with the size of what networks see. */
export function planFor(seen: Seen, options: ImageOptions, background: readonly number[]): { plan: Plan; size: Size } {
  const size = options.size ?? usualSize(seen);
  const channels = (options.colour ?? (seen.hasColour ? "rgb" : "grey")) === "rgb" ? 3 : 1;
  const greyOnly = options.colour === undefined && channels === 1;
  const common = { channels, background, greyOnly, ...(options.fit && { fit: options.fit }) } as const;
  const times = (factor: number) =>
    seen.isOneSize && seen.size.height === factor * size.height && seen.size.width === factor * size.width;
  if (times(1) || times(2)) return { plan: { kind: "as they are", size: seen.size, ...common }, size };
  return { plan: { kind: "prepared", size, ...common }, size };
}

/** Why a picture is not for a plan; undefined where it is. */
export function deviation({ height, width, channels }: Picture, plan: Plan): "size" | "colour" | undefined {
  if (plan.kind === "as they are" && (height !== plan.size.height || width !== plan.size.width)) return "size";
  return plan.greyOnly && channels === 3 ? "colour" : undefined;
}
