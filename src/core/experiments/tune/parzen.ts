import type { Stream } from "../../random/streams.js";
import { exp, ln } from "../../statistics/logarithm.js";
import { normalCdf, normalQuantile } from "../../statistics/normal.js";

/** What a coordinate of the unit cube stands for: a range, or so many choices, each with a part of its own. */
export type Coordinate = { readonly choices: number } | "range";

/** Points that were tried, the better ones and the others. */
export interface Tried {
  readonly good: readonly (readonly number[])[];
  readonly bad: readonly (readonly number[])[];
}

/** How many points are drawn near the good ones; the likeliest of them to be good is proposed. */
const DRAWN = 32;
/** The width of a kernel around the only point of a range, of which it is a share. */
const WIDTH = 0.2;
/** What a choice's kernel leaves for all choices alike. */
const SPREAD = 0.3;

/**
 * The next point that a tree-structured Parzen estimator tries (Bergstra, Bardenet, Bengio & Kégl 2011, "Algorithms for
 * hyper-parameter optimization"; here over all coordinates together, as in Falkner, Klein & Hutter 2018, "BOHB"). Two kernel
 * densities stand for where good and other points lie; of points drawn from the density of the good ones it takes the one at which the
 * ratio of good to other is largest. Each density has a uniform part, as heavy as one point, so that nothing is ruled out.
 */
export function proposeParzen(coordinates: readonly Coordinate[], { good, bad }: Tried, stream: Stream): number[] {
  const likely = densityOf(coordinates, good);
  const others = densityOf(coordinates, bad);
  let best: { readonly point: number[]; readonly ratio: number } | undefined;
  for (let i = 0; i < DRAWN; i++) {
    const point = drawNear(coordinates, good, stream);
    const ratio = likely(point) / others(point);
    if (!best || ratio > best.ratio) best = { point, ratio };
  }
  return (best as { readonly point: number[] }).point;
}

function densityOf(
  coordinates: readonly Coordinate[],
  points: readonly (readonly number[])[],
): (at: readonly number[]) => number {
  const width = widthOf(points.length, coordinates.length);
  const kernels = points.map((point) =>
    coordinates.map((coordinate, d) => kernel(coordinate, point[d] as number, width)),
  );
  return (at) => {
    let sum = 1;
    for (const kernel of kernels) sum += kernel.reduce((product, density, d) => product * density(at[d] as number), 1);
    return sum / (points.length + 1);
  };
}

/** A normal density cut off at the range's ends; for choices, most weight on its own and the rest equally on all. */
function kernel(coordinate: Coordinate, center: number, width: number): (at: number) => number {
  if (coordinate !== "range") {
    const { choices } = coordinate;
    const own = partOf(center, choices);
    return (at) => (partOf(at, choices) === own ? (1 - SPREAD) * choices + SPREAD : SPREAD);
  }
  const [below, above] = tails(center, width);
  const scale = 1 / (SQRT_TWO_PI * width * (above - below));
  return (at) => {
    const z = (at - center) / width;
    return scale * exp((-z * z) / 2);
  };
}

const SQRT_TWO_PI = 2.5066282746310002;

/** The normal distribution function at the range's two ends. */
const tails = (center: number, width: number): [number, number] => [
  normalCdf(-center / width),
  normalCdf((1 - center) / width),
];

function drawNear(
  coordinates: readonly Coordinate[],
  points: readonly (readonly number[])[],
  stream: Stream,
): number[] {
  const point = points[stream.below(points.length + 1)];
  const width = widthOf(points.length, coordinates.length);
  return coordinates.map((coordinate, d) => {
    const uniform = stream.unit();
    const center = point?.[d];
    if (center === undefined) return uniform;
    if (coordinate !== "range")
      return stream.unit() < SPREAD ? uniform : (partOf(center, coordinate.choices) + 0.5) / coordinate.choices;
    const [below, above] = tails(center, width);
    const place = center + width * normalQuantile(below + uniform * (above - below));
    return Math.min(Math.max(place, 0), 1);
  });
}

const partOf = (place: number, choices: number): number => Math.min(Math.floor(place * choices), choices - 1);

/** Scott's rule: narrower as n^(−1/(d + 4)). */
const widthOf = (points: number, dimensions: number): number =>
  points === 0 ? WIDTH : WIDTH * exp(-ln(points) / (dimensions + 4));
