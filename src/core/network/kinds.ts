import LAYERS from "../generated/layers.js";
import type { Branches, Layer, Layers } from "./layer.js";
import type { AnyFields, LayerKind } from "./layer-kind.js";

type AnyKind = LayerKind<Layer, AnyFields>;

const EACH: { readonly [Kind in keyof Layers]: LayerKind<Layers[Kind]> } = LAYERS;
export const KINDS = EACH as unknown as Readonly<Record<Layer["kind"], AnyKind>>;

export const kindOf = (layer: Layer): AnyKind => KINDS[layer.kind];

export const branchesOf = (layer: Layer): Branches<Layer> | undefined => kindOf(layer).branches?.(layer);

/** The layers, each residual one followed by the layers of its body and its shortcut. */
export const withNested = (layers: readonly Layer[]): Layer[] =>
  layers.flatMap((layer) => {
    const { body = [], shortcut = [] } = branchesOf(layer) ?? {};
    return [layer, ...withNested(body), ...withNested(shortcut)];
  });
