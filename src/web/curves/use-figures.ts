import { useEffect, useState } from "preact/hooks";
import { whenFree } from "../ui/when-free.js";

export type Figures = typeof import("./figures.js");

const BLANK = { label: "", domain: [0, 1], format: String, train: [], test: [] } as const;

/** What draws curves, once it is wanted and there: charts are the larger part of the page's script. */
export function useFigures(wanted: boolean): Figures | undefined {
  const [figures, setFigures] = useState<Figures | undefined>(undefined);
  useEffect(() => {
    if (wanted) import("./figures.js").then((loaded) => setTimeout(() => warmUp(loaded, setFigures)));
  }, [wanted]);
  return figures;
}

/** Most of what the first chart takes is compiling: it is done in a task of its own, apart from layout and paint. */
function warmUp(figures: Figures, then: (figures: Figures) => void): void {
  figures.panelPlot(BLANK, { width: 100, height: 100 }, document);
  whenFree(figures, () => then(figures));
}
