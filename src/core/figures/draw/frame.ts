import type * as Plot from "@observablehq/plot";
import { escapeXml } from "./text.js";
import { COLORS, STYLE } from "./theme.js";

/** The document of a browser, or of a library in its place. */
export type FigureDocument = NonNullable<Plot.PlotOptions["document"]>;

/** Pixels. */
export const WIDTH = 760;

export interface Frame {
  readonly height: number;
  /** The subject of the figure, drawn at the top left. */
  readonly title: string;
  /** The figure in a sentence or two, for people who cannot see it. */
  readonly description: string;
  /** SVG below the title, such as the key and the panels. */
  readonly content: string;
}

/** A figure as one SVG document, readable on light and on dark paper. */
export const framed = ({ height, title, description, content }: Frame): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" class="pairlab-figure" role="img" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" color="${COLORS.ink}" fill="currentColor" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle">
<title>${escapeXml(title)}</title>
<desc>${escapeXml(description)}</desc>
<style>${STYLE}</style>
<rect class="paper" width="100%" height="100%" fill="${COLORS.paper}"/>
<text x="12" y="22" font-size="15" font-weight="600" text-anchor="start">${escapeXml(title)}</text>
${content}
</svg>
`;

/** The size and place of a drawing in a figure, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A plot as a separate drawing within a figure. */
export function nested(plot: ReturnType<typeof Plot.plot>, { x, y, width, height }: Place): string {
  // Descenders of axis labels may be beyond the edge. Plot's own style would make a nested drawing as large as the whole figure.
  plot.querySelector("style")?.remove();
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}" overflow="visible">${plot.innerHTML}</svg>`;
}
