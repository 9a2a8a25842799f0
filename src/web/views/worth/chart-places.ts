import { placeOfError, placeOfPairs } from "./scales.js";

/** A place in the drawing, which is 1000 wide and high. */
export const inDrawing = (part: number): string => (1000 * part).toFixed(1);

export const pathOf = (points: readonly (readonly [pairs: number, error: number])[]): string =>
  points.map(([pairs, error]) => `${inDrawing(placeOfPairs(pairs))},${inDrawing(placeOfError(error))}`).join(" ");

/** A line without a length: its round ends are a dot, whatever the drawing is stretched to. */
export const dotAt = (pairs: number, error: number): string =>
  `M${inDrawing(placeOfPairs(pairs))},${inDrawing(placeOfError(error))}h0`;

/** For what is as large as the chart: it is moved until its right lower corner is at a place. That is no new layout. */
export const movedTo = (x: number, y = 1) => ({
  transform: `translate(${(100 * (x - 1)).toFixed(2)}%, ${(100 * (y - 1)).toFixed(2)}%)`,
});
