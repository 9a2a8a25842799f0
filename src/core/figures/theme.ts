/** Colours of Okabe and Ito (2008), told apart with every kind of colour vision; the lighter ones for dark paper. */
const BLUE = "#0072b2";
const SKY_BLUE = "#56b4e9";
const VERMILION = "#d55e00";
const ORANGE = "#e69f00";

/** Colours on white paper, which are also those of viewers that read no style sheet. */
export const COLORS = { train: BLUE, test: VERMILION, ink: "#1f2328", paper: "#ffffff" } as const;

/** What changes on dark paper. Fixed names instead of generated ones: many figures share one page. */
export const STYLE = `
.pairlab-figure:root { background: #ffffff }
@media (prefers-color-scheme: dark) {
  .pairlab-figure { color: #e6e9ed }
  .pairlab-figure:root { background: #14171a }
  .pairlab-figure .paper { fill: #14171a }
  .pairlab-figure .train.line { stroke: ${SKY_BLUE} }
  .pairlab-figure .train.area { fill: ${SKY_BLUE} }
  .pairlab-figure .test.line { stroke: ${ORANGE} }
  .pairlab-figure .test.area { fill: ${ORANGE} }
}
`;
