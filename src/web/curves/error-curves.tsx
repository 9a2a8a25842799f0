import { useMemo } from "preact/hooks";
import { curvesOf } from "../../core/experiments/shared/curves.js";
import { evenNumbers } from "../../core/figures/draw/ticks.js";
import type { EpochResult } from "../../core/index.js";
import { percent } from "../../core/text/format.js";
import { networkColour } from "../ui/network-colour.js";
import "./error-curves.css";
import { spreadApart } from "./spread-apart.js";

/** A network's rounds so far. */
export interface Curve {
  readonly name: string;
  readonly title: string;
  /** Default: the network's. */
  readonly colour?: string | undefined;
  readonly rounds: readonly (readonly EpochResult[])[];
}

interface Properties {
  /** At least one, in the order of their colours' ladder. */
  readonly curves: readonly Curve[];
  /** Equal for equal rounds and epochs. */
  readonly state: string;
  /** The last epoch that there will be. */
  readonly lastEpoch: number;
}

/** An answer by chance is wrong on half of the pairs. */
const HIGHEST = 0.5;
/** The height of a label, in parts of the figure's. */
const LABEL = 0.065;

/** Test error after each epoch of all networks on one axis. Each line's end says whose it is. */
export function ErrorCurves({ curves, state, lastEpoch }: Properties) {
  const { lines, top } = useMemo(() => linesOf(curves), [state]);
  const x = (epoch: number) => (lastEpoch > 1 ? (epoch - 1) / (lastEpoch - 1) : 0);
  const y = (error: number) => 1 - error / top;
  const path = (points: readonly (readonly [number, number])[]) =>
    points.map(([epoch, error]) => `${(1000 * x(epoch)).toFixed(1)},${(1000 * y(error)).toFixed(1)}`).join(" ");
  const places = spreadApart(
    lines.map(({ last }) => y(last)),
    LABEL,
    1,
  );
  const words = lines.map(({ title, last, epoch }) => `${title} ${percent(last)} after epoch ${epoch}`).join("; ");
  return (
    <figure class="error-curves">
      <figcaption class="faint">Test error, by epoch</figcaption>
      <div class="plot" role="img" aria-label={`Test error of each network: ${words || "none yet"}.`}>
        <div class="vertical">
          {evenNumbers(0, 100 * top, 5).map((tick) => (
            <span key={tick} style={{ top: `${100 * y(tick / 100)}%` }}>
              {tick}%
            </span>
          ))}
        </div>
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
          {evenNumbers(0, 100 * top, 5).map((tick) => (
            <line key={tick} class="grid" x1="0" x2="1000" y1={1000 * y(tick / 100)} y2={1000 * y(tick / 100)} />
          ))}
          {lines.map(({ name, colour, means, band }) => (
            <g key={name} style={{ "--colour": colour }}>
              {band.length > 0 && <polygon class="band" points={path(band)} />}
              {means.length > 1 && <polyline class="mean" points={path(means)} />}
            </g>
          ))}
        </svg>
        {lines.map(({ name, colour, epoch, last }) => (
          <span
            key={name}
            class="end-of-line"
            style={{
              transform: `translate(${100 * (x(epoch) - 1)}%, ${100 * (y(last) - 1)}%)`,
              "--colour": colour,
            }}
          >
            <i />
          </span>
        ))}
        <div class="labels">
          {lines.map(({ name, colour, title, last }, i) => (
            <span key={name} style={{ transform: `translateY(${100 * ((places[i] ?? 0) - 1)}%)` }}>
              <b style={{ "--colour": colour }}>
                <em>{percent(last)}</em> {title}
              </b>
            </span>
          ))}
        </div>
        <div class="horizontal">
          {[1, ...evenNumbers(1, lastEpoch, 5, 1).filter((epoch) => epoch > 1)].map((epoch) => (
            <span key={epoch} style={{ left: `${100 * x(epoch)}%` }}>
              {epoch}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}

/** Rounded beyond what is measured: 1 − 0.9715 lies below 0.0285, which is 2.9% in the table. */
const errorOf = (accuracy: number): number => Number((1 - accuracy).toPrecision(12));

interface Line extends Required<Pick<Curve, "name" | "title">> {
  readonly colour: string;
  /** Epochs and mean errors. */
  readonly means: readonly (readonly [number, number])[];
  /** The outline of one standard deviation to each side; empty for one round. */
  readonly band: readonly (readonly [number, number])[];
  readonly epoch: number;
  readonly last: number;
}

function linesOf(curves: readonly Curve[]): { readonly lines: readonly Line[]; readonly top: number } {
  const lines = curves.flatMap(({ name, title, colour = networkColour(name), rounds }): Line[] => {
    const { epoch, testAccuracy } = curvesOf(rounds);
    const means = epoch.map((each, i) => [each, errorOf(testAccuracy.mean[i] ?? Number.NaN)] as const);
    const shown = means.filter(([, error]) => Number.isFinite(error));
    const end = shown.at(-1);
    if (!end) return [];
    const sides = (sign: number) =>
      means.flatMap(([each, error], i) => {
        const sd = testAccuracy.sd[i];
        return sd == null || !Number.isFinite(error) ? [] : [[each, Math.max(0, error + sign * sd)] as const];
      });
    return [
      {
        name,
        title,
        colour,
        means: shown,
        band: [...sides(1), ...sides(-1).toReversed()],
        epoch: end[0],
        last: end[1],
      },
    ];
  });
  const highest = Math.max(0, ...lines.flatMap(({ means }) => means.map(([, error]) => error)));
  // Every tenth is a mark of the axis, so that it does not move with each epoch.
  return { lines, top: Math.min(1, Math.max(HIGHEST, Math.ceil(10 * highest) / 10)) };
}
