import type { LayerActivations, PartActivations } from "../../../core/engine/readings.js";
import type { Shape } from "../../../core/index.js";

/** A layer with its input. The layers of a residual layer's branches follow it. */
export interface LayerRow {
  readonly made: LayerActivations;
  readonly inputShape: Shape;
  /** [channels, height, width]. */
  readonly input: Float32Array;
  /** The number of residual layers around it. */
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
