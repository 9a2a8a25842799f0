import * as Plot from "@observablehq/plot";
import type { FigureDocument } from "./frame.js";

/** A plot with the common style: centred names of axes without arrows, and letters of 12 pixels. */
export const plotOf = ({
  x,
  ...options
}: Plot.PlotOptions & { readonly document: FigureDocument }): ReturnType<typeof Plot.plot> =>
  Plot.plot({
    className: "pairlab-panel",
    style: { fontSize: "12px" },
    ...options,
    x: { labelAnchor: "center", labelArrow: "none", ...x },
  });
