/** Colours of Okabe and Ito (2008), which every kind of colour vision distinguishes. The lighter ones are for dark paper. */
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

/** Colours on white paper. Viewers that read no style sheet use them too. */
export const COLORS = { train: BLUE, test: VERMILION, ink: INK, paper: "#ffffff" } as const;

/** Colours of a series, on white paper. A mark of the i-th element has the classes `series-i` and `line` or `area`. */
export const SERIES = [BLUE, VERMILION, GREEN, PURPLE, INK] as const;
const SERIES_ON_DARK = [SKY_BLUE, ORANGE, LIGHT_GREEN, LIGHT_PURPLE, LIGHT_INK] as const;

/** The colours on dark paper. Class names are fixed, because many figures share a page. */
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

/** The style of a figure with marks of the class `hollow`, which show the paper inside. */
export const HOLLOW_STYLE = `
@media (prefers-color-scheme: dark) { .pairlab-figure .hollow { fill: ${DARK_PAPER} } }
`;

/** The style of text of the class `halo`, which stands on lines and has paper around it. */
export const HALO = `
.pairlab-figure .halo { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
@media (prefers-color-scheme: dark) { .pairlab-figure .halo { stroke: #14171a } }
`;
