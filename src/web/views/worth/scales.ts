import { exp, ln } from "../../../core/statistics/logarithm.js";
import { FEWEST, MOST } from "./study.js";

/** Positions are parts of the chart's width and height; both axes are logarithmic. */
const [LEFT, RIGHT] = [ln(FEWEST) - 0.15, ln(MOST) + 0.06];
const [LOWEST, HIGHEST] = [ln(0.008), ln(0.32)];

/** The marks of the axis of test errors. */
export const MARKS = [0.01, 0.02, 0.05, 0.1, 0.2] as const;

const within = (part: number): number => Math.min(1, Math.max(0, part));

export const placeOfPairs = (pairs: number): number => within((ln(pairs) - LEFT) / (RIGHT - LEFT));

export const pairsAtPlace = (place: number): number => exp(LEFT + within(place) * (RIGHT - LEFT));

/** From the top. An error beyond the axis is at its end. */
export const placeOfError = (error: number): number => within((HIGHEST - ln(error)) / (HIGHEST - LOWEST));
