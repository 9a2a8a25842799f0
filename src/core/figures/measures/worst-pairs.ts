import type { Pairs } from "../../data/index.js";
import type { Mistake } from "../../inspection/index.js";
import { percent } from "../../text/format.js";
import { framed, WIDTH } from "../draw/frame.js";
import { escapeXml } from "../draw/text.js";

const COLUMNS = 4;
const CELL = { width: (WIDTH - 24) / COLUMNS, gap: 8, text: 34 };
const HEADER = 62;

/**
 * The pairs that a network is most wrong about, each with what it gave to the right answer. The pixels are squares of a path for each
 * colour: one SVG document that needs nothing else.
 *
 * @param classNames  what classes are called; default their numbers
 */
export function worstPairsSvg(
  pairs: Pairs,
  worst: readonly Mistake[],
  classNames: (classNumber: number) => string = String,
): string {
  const { height, width } = pairs;
  const side = (CELL.width - 3 * CELL.gap) / 2;
  const pixel = Math.min(side / width, side / height);
  const row = height * pixel + CELL.text + CELL.gap;
  const cells = worst.map((mistake, i) => {
    const { pair, classes, holds, probability, digits } = mistake;
    const [x, y] = [12 + (i % COLUMNS) * CELL.width, HEADER + Math.floor(i / COLUMNS) * row];
    const images = [0, 1].map(
      (which) =>
        `<g transform="translate(${round(x + which * (width * pixel + CELL.gap))},${round(y)}) scale(${round(pixel)})">${imagePaths(pairs, 2 * pair + which)}</g>`,
    );
    const names = classes.map((each) => escapeXml(classNames(each))).join(", ");
    const read = digits ? `; read as ${digits.map((each) => escapeXml(classNames(each))).join(", ")}` : "";
    const below = round(y + height * pixel + 14);
    return `${images.join("")}<text x="${round(x)}" y="${below}">${names}${read}</text><text x="${round(x)}" y="${below + 15}" opacity="0.75">right: ${holds ? "yes" : "no"}, given ${percent(probability)}</text>`;
  });
  const rows = Math.ceil(worst.length / COLUMNS);
  return framed({
    height: Math.ceil(HEADER + rows * row + 4),
    title: worst.length === 0 ? "No pair is decided wrong" : `The ${worst.length} worst mistakes`,
    description: worst
      .map(({ classes, holds }) => `${classes.map(classNames).join(", ")}: ${holds ? "yes" : "no"} is right.`)
      .join(" "),
    content: `<g text-anchor="start" opacity="0.75"><text x="12" y="43">Classes of the two images; the right answer, and the probability that the network gave it.</text></g>
<g text-anchor="start" shape-rendering="crispEdges">${cells.join("\n")}</g>`,
  });
}

/** An image's pixels as they were before the background was taken off, equal ones side by side as one rectangle. */
function imagePaths({ height, width, channels, images, background }: Pairs, image: number): string {
  const size = height * width;
  const at = (channel: number, pixel: number): number => {
    const value = (images[(image * channels + channel) * size + pixel] as number) + (background?.[channel] ?? 0);
    return Math.min(Math.max(Math.round(value), 0), 255);
  };
  const colourAt = (pixel: number): string => {
    const three = [0, 1, 2].map((channel) => at(channels === 3 ? channel : 0, pixel));
    return `#${three.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  };
  const paths = new Map<string, string>();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; ) {
      const colour = colourAt(y * width + x);
      let end = x + 1;
      while (end < width && colourAt(y * width + end) === colour) end++;
      paths.set(colour, `${paths.get(colour) ?? ""}M${x},${y}h${end - x}v1h${x - end}z`);
      x = end;
    }
  return [...paths].map(([colour, path]) => `<path fill="${colour}" d="${path}"/>`).join("");
}

const round = (pixels: number): number => Math.round(100 * pixels) / 100;
