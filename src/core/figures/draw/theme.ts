/** Colours of Okabe and Ito (2008), told apart with every kind of colour vision; the lighter ones for dark paper. */
const BLUE = "#0072b2";
const SKY_BLUE = "#56b4e9";
const VERMILION = "#d55e00";
const ORANGE = "#e69f00";
const GREEN = "#009e73";
const LIGHT_GREEN = "#3fc79b";
const PURPLE = "#b0558c";
const LIGHT_PURPLE = "#e5a3c9";
const INK = "#1f2328";
const LIGHT_INK = "#e6e9ed";
const DARK_PAPER = "#14171a";

/** Colours on white paper, which are also those of viewers that read no style sheet. */
export const COLORS = { train: BLUE, test: VERMILION, ink: INK, paper: "#ffffff" } as const;

/** Colours of several things of one kind, on white paper. A mark of the i-th has the classes `series-i` and line or area. */
export const SERIES = [BLUE, VERMILION, GREEN, PURPLE, INK] as const;
const SERIES_ON_DARK = [SKY_BLUE, ORANGE, LIGHT_GREEN, LIGHT_PURPLE, LIGHT_INK] as const;

/** What changes on dark paper. Fixed names instead of generated ones: many figures share one page. */
export const STYLE = `
.pairlab-figure:root { background: #ffffff }
@media (prefers-color-scheme: dark) {
  .pairlab-figure { color: ${LIGHT_INK} }
  .pairlab-figure:root { background: ${DARK_PAPER} }
  .pairlab-figure .paper { fill: ${DARK_PAPER} }
  .pairlab-figure .train.line { stroke: ${SKY_BLUE} }
  .pairlab-figure .train.area { fill: ${SKY_BLUE} }
  .pairlab-figure .test.line { stroke: ${ORANGE} }
  .pairlab-figure .test.area { fill: ${ORANGE} }
${SERIES_ON_DARK.map((color, i) => `  .pairlab-figure .series-${i}.line { stroke: ${color} }\n  .pairlab-figure .series-${i}.area { fill: ${color} }`).join("\n")}
}
`;

/** For a figure with marks of the class `hollow`, which show the paper inside. */
export const HOLLOW_STYLE = `
@media (prefers-color-scheme: dark) { .pairlab-figure .hollow { fill: ${DARK_PAPER} } }
`;

/** Paper around text of the class `halo`, which stands on lines. */
export const HALO = `
.pairlab-figure .halo { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
@media (prefers-color-scheme: dark) { .pairlab-figure .halo { stroke: #14171a } }
`;
