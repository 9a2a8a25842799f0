import type { Layer } from "./layers.js";

/** A layer in words; the usual stride and a padding of 0 go without saying. */
export function layerInWords(layer: Layer): string {
  switch (layer.kind) {
    case "convolution": {
      const { channels, kernel } = layer;
      return `convolution ${channels}, ${kernel}×${kernel}${steps(layer, 1)}`;
    }
    case "max-pool":
      return `max-pool ${layer.size}×${layer.size}${steps(layer, layer.size)}`;
    case "linear":
      return `linear ${layer.features}`;
    case "batch-norm":
      return "batch norm";
    case "dropout":
      return layer.rate === undefined ? "dropout" : `dropout ${layer.rate}`;
    case "average-pool":
      return `average-pool ${layer.size}×${layer.size}${steps(layer, layer.size)}`;
    case "global-average-pool":
      return "global average-pool";
    case "residual": {
      const [body, shortcut] = [layer.layers, layer.shortcut].map((layers) => layers.map(layerInWords).join(" → "));
      return `[${body}] + ${shortcut ? `[${shortcut}]` : "itself"}`;
    }
    case "softmax": {
      const softmax = layer.groups === 1 ? "softmax" : `softmax of ${layer.groups} groups`;
      return layer.temperature === undefined ? softmax : `${softmax} at temperature ${layer.temperature}`;
    }
    case "gelu":
      return "GELU";
    case "silu":
      return "SiLU";
    case "leaky-relu":
      return `leaky relu ${layer.slope}`;
    case "group-norm":
      return `group norm, ${layer.groups} ${layer.groups === 1 ? "group" : "groups"}`;
    case "outer-product":
      return "outer product";
    default:
      return layer.kind;
  }
}

/** Where a window steps otherwise than usual: by `usual`, and without padding. */
function steps({ stride = 0, padding = 0 }: { stride?: number; padding?: number }, usual: number): string {
  const by = stride || usual;
  return `${by === usual ? "" : `, stride ${by}`}${padding === 0 ? "" : `, padding ${padding}`}`;
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
