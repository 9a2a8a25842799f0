import { useEffect, useState } from "preact/hooks";

export type Figures = typeof import("./figures.js");

/** What draws curves, once it is wanted and there: charts are the larger part of the page's script. */
export function useFigures(wanted: boolean): Figures | undefined {
  const [figures, setFigures] = useState<Figures | undefined>(undefined);
  useEffect(() => {
    if (wanted) import("./figures.js").then(setFigures);
  }, [wanted]);
  return figures;
}
