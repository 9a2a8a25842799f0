import type { UnitPlace } from "../../../core/index.js";
import type { LayerRow } from "./rows.js";

/** What a head sees. */
export const PAIR = "pair";

/** The layers of a part of the network, and their activations. */
export interface SeenRows {
  /** "first image", "second image", "pair". */
  readonly seen: string;
  readonly rows: readonly LayerRow[];
}

/** A pointed unit of a layer. */
export interface Pointed {
  readonly seen: string;
  /** The layer's name. */
  readonly name: string;
  readonly unit: UnitPlace;
}

export const findRow = (
  all: readonly SeenRows[],
  { seen, name }: Pick<Pointed, "seen" | "name">,
): LayerRow | undefined =>
  all
    .filter((each) => each.seen === seen)
    .flatMap(({ rows }) => rows)
    .find(({ made }) => made.name === name);

/** Whether a layer is a convolution: only its arithmetic can be shown. */
export const convolutionsOf = (all: readonly SeenRows[]): Pick<Pointed, "seen" | "name">[] =>
  all.flatMap(({ seen, rows }) =>
    rows.filter(({ made }) => made.layer.kind === "convolution").map(({ made }) => ({ seen, name: made.name })),
  );

/** The strongest unit of a layer. */
function strongestUnit({ made: { values, shape } }: LayerRow): UnitPlace {
  const at = values.indexOf(Math.max(...values));
  const size = shape.height * shape.width;
  return { channel: Math.floor(at / size), row: Math.floor((at % size) / shape.width), column: at % shape.width };
}

/** The strongest unit of the first convolution, which is shown until you point at another. */
export function firstPointed(all: readonly SeenRows[]): Pointed | undefined {
  const [first] = convolutionsOf(all);
  const row = first && findRow(all, first);
  return first && row && { ...first, unit: strongestUnit(row) };
}

/** The unit of a layer that is nearest to a place. */
export function nearestUnit({ made: { shape } }: LayerRow, { channel, row, column }: UnitPlace): UnitPlace {
  const within = (value: number, count: number) => Math.min(Math.max(Math.round(value), 0), count - 1);
  return {
    channel: within(channel, shape.channels),
    row: within(row, shape.height),
    column: within(column, shape.width),
  };
}

/** Whether a layer sees the image itself, scaled, and not what another layer makes of it. */
export function seesImage(all: readonly SeenRows[], { input }: LayerRow): boolean {
  const trunks = all.filter(({ seen }) => seen !== PAIR);
  return (trunks.length > 0 ? trunks : all).some(({ rows: [first] }) => first?.input === input);
}
