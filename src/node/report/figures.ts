import type { Reproduction, RunRecord } from "../../core/index.js";

/** A figure as a file of its own and as a part of a page. */
export interface DrawnFigure {
  readonly fileName: string;
  /** "Figure 1: MLP". */
  readonly name: string;
  readonly caption: string;
  readonly svg: string;
}

/** All figures of a report. */
export interface DrawnFigures {
  readonly testError: DrawnFigure;
  readonly curves: readonly DrawnFigure[];
}

/** Draws every figure of a reproduction. */
export async function drawFigures(reproduction: Reproduction, records: readonly RunRecord[]): Promise<DrawnFigures> {
  // Loading the plotting library takes a second, which only who draws should wait.
  const [{ parseHTML }, { figureCaption, figureSvg, figuresOf, testErrorSvg }] = await Promise.all([
    import("linkedom"),
    import("../../core/figures/index.js"),
  ]);
  const { document } = parseHTML("<!doctype html><html></html>");
  const testError = {
    fileName: "test-error.svg",
    name: "Test errors, ours and the paper's",
    caption: "",
    svg: testErrorSvg(reproduction, document),
  };
  const curves = figuresOf(reproduction).map(({ architecture, fileName, title, number }) => ({
    fileName,
    name: number === undefined ? title : `Figure ${number}: ${title}`,
    caption: figureCaption(architecture, records.find((record) => record.architecture === architecture.name)?.config),
    svg: figureSvg(architecture, { document, title, ...(number === undefined ? {} : { number }) }),
  }));
  return { testError, curves };
}
