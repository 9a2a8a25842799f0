import type { Layer } from "../../core/network/index.js";

/** A layer in words; a stride of 1 and a padding of 0 go without saying. */
export function layerInWords(layer: Layer): string {
  switch (layer.kind) {
    case "convolution": {
      const { channels, kernel, stride, padding } = layer;
      const more = `${stride === 1 ? "" : `, stride ${stride}`}${padding === 0 ? "" : `, padding ${padding}`}`;
      return `convolution ${channels}, ${kernel}×${kernel}${more}`;
    }
    case "max-pool":
      return `max-pool ${layer.size}×${layer.size}`;
    case "linear":
      return `linear ${layer.features}`;
    case "batch-norm":
      return "batch norm";
    case "dropout":
      return layer.rate === undefined ? "dropout" : `dropout ${layer.rate}`;
    case "softmax":
      return layer.groups === 1 ? "softmax" : `softmax of ${layer.groups} groups`;
    case "gelu":
      return "GELU";
    case "silu":
      return "SiLU";
    case "leaky-relu":
      return `leaky relu ${layer.slope}`;
    case "group-norm":
      return `group norm, ${layer.groups} ${layer.groups === 1 ? "group" : "groups"}`;
    default:
      return layer.kind;
  }
}

/** What a network is, a line for each of its parts: what each image goes through, and what the pair then does. */
export function networkInWords({
  trunk,
  head,
}: {
  readonly trunk: readonly Layer[];
  readonly head: readonly Layer[];
}): {
  readonly image: string;
  readonly pair: string;
} {
  return {
    image: trunk.map(layerInWords).join(" → "),
    pair: head.length > 0 ? head.map(layerInWords).join(" → ") : "the likelier digit of each image, compared",
  };
}
