import type { View } from "../address/address.js";

/** What the views are called. */
export const VIEW_TITLES: Readonly<Record<View, string>> = {
  train: "Train",
  worth: "Worth",
  inside: "Look inside",
  draw: "Draw",
  pictures: "Your pictures",
  runs: "Runs",
};
