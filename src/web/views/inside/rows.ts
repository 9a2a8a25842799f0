import type { LayerActivations, PartActivations, Shape } from "../../../core/index.js";

/** A layer with what it saw. Layers of a residual one's branches follow it. */
export interface LayerRow {
  readonly made: LayerActivations;
  readonly inputShape: Shape;
  /** [channels, height, width]. */
  readonly input: Float32Array;
  /** 0, and one more within each residual layer. */
  readonly depth: number;
}

/** A part's layers in their order. */
export const layerRows = ({ layers, inputShape, input }: PartActivations): LayerRow[] =>
  rowsOf(layers, inputShape, input, 0);

function rowsOf(
  layers: readonly LayerActivations[],
  firstShape: Shape,
  first: Float32Array,
  depth: number,
): LayerRow[] {
  let [inputShape, input] = [firstShape, first];
  return layers.flatMap((made) => {
    const row = { made, inputShape, input, depth };
    const branches = [made.body, made.shortcut].flatMap((branch) =>
      rowsOf(branch ?? [], row.inputShape, row.input, depth + 1),
    );
    [inputShape, input] = [made.shape, made.values];
    return [row, ...branches];
  });
}
