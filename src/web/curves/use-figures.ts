import { useEffect, useState } from "preact/hooks";
import { whenFree } from "../ui/when-free.js";

export type Figures = typeof import("./figures.js");

const BLANK = { label: "", domain: [0, 1], format: String, train: [], test: [] } as const;

/** The module that draws curves, undefined until it is loaded. It is loaded late, as the larger part of the page's script. */
export function useFigures(wanted: boolean): Figures | undefined {
  const [figures, setFigures] = useState<Figures | undefined>(undefined);
  useEffect(() => {
    if (wanted) import("./figures.js").then((loaded) => setTimeout(() => warmUp(loaded, setFigures)));
  }, [wanted]);
  return figures;
}

/** Compiling is most of the first chart's time. It is done in a task of its own, apart from layout and paint. */
function warmUp(figures: Figures, then: (figures: Figures) => void): void {
  figures.panelPlot(BLANK, { width: 100, height: 100 }, document);
  whenFree(figures, () => then(figures));
}
