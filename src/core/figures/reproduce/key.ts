import { DASHES } from "../draw/panel.js";
import { COLORS } from "../draw/theme.js";

/**
 * The meaning of colours, lines and bands: one row of SVG.
 *
 * @param single  whether there are dots and bars of a single epoch instead
 */
export function key(rounds: number, single: boolean): string {
  const entry = (set: "train" | "test", x: number, label: string) => {
    const sample = single
      ? `<circle class="${set} area" cx="${x + 4}" cy="41" r="4" fill="${COLORS[set]}"/>`
      : `<path class="${set} line" d="M${x},41h26" stroke="${COLORS[set]}" stroke-width="2" stroke-linecap="round" stroke-dasharray="${DASHES[set]}"/>`;
    return `${sample}<text x="${x + (single ? 14 : 34)}" y="45">${label}</text>`;
  };
  const [mean, spread] = single ? ["dot", "bar"] : ["line", "band"];
  const drawn = rounds > 1 ? `${mean}: mean of ${rounds} rounds; ${spread}: ± standard deviation` : "one round";
  return `<g text-anchor="start">${entry("train", 12, "training pairs")}${entry("test", 146, "test pairs")}<text x="258" y="45" opacity="0.75">${drawn}</text></g>`;
}
