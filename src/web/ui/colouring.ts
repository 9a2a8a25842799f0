export type Colour = readonly [red: number, green: number, blue: number, opacity: number];

const [BLUE, VERMILION] = [
  [0, 114, 178],
  [213, 94, 0],
] as const;

/** Black at `low`, white at `high`. */
export const greyBetween =
  (low: number, high: number) =>
  (value: number): Colour => {
    const level = Math.round(255 * Math.min(Math.max((value - low) / (high - low || 1), 0), 1));
    return [level, level, level, 255];
  };

/** White at zero, blue below, vermilion above, full at ±`size`. Every kind of colour vision distinguishes them. */
export const signedUpTo =
  (size: number) =>
  (value: number): Colour => {
    const part = Math.min(Math.abs(value) / (size || 1), 1);
    const [red, green, blue] = value < 0 ? BLUE : VERMILION;
    const mixed = (channel: number) => Math.round(255 + (channel - 255) * part);
    return [mixed(red), mixed(green), mixed(blue), 255];
  };

/** Grey for values that are never below zero, such as those after a ReLU; signed for others. */
export function colouring(values: ArrayLike<number>): (value: number) => Colour {
  let [low, high] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i] as number);
    high = Math.max(high, values[i] as number);
  }
  return low < 0 ? signedUpTo(Math.max(-low, high)) : greyBetween(0, high);
}
