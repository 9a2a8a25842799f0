import type { PixelScale } from "../../data/normalization.js";
import type { Relation } from "../../data/relations.js";
import type { PlacedLayer } from "../../network/layer.js";
import { ordinal } from "../../network/layers/ordinal.js";
import { softmax } from "../../network/layers/softmax.js";
import { type InputSpec, layersOf, type Network, type PlacedNetwork } from "../../network/network.js";
import { placeNetwork } from "../../network/place-network.js";
import { Graph, wholes } from "./graph.js";
import { layerGraphOf } from "./kinds.js";
import { type Chain, flatValue, LayerPlace, mapValue, type Passed } from "./layer-graph.js";
import { relationTable } from "./relation-table.js";

/** A trained network, and what its pixels and answers mean. */
export interface TrainedParts {
  readonly network: Network;
  readonly input: InputSpec;
  readonly scale: PixelScale;
  /** 0–255 of each channel: networks see pixels less it. Absent where it is 0. */
  readonly background?: readonly number[] | undefined;
  readonly relation: Relation;
  /** Whether the digit logits are the mean over an image and its shifts by a pixel. */
  readonly hasViews: boolean;
  /** The elements of a tensor of the network, in PyTorch's order. */
  readonly tensor: (name: string, shape: readonly number[]) => Float32Array;
}

/** The names of two values: the first images' features, and the second's. */
export type Features = readonly [string, string];

export const SIDES = ["first", "second"] as const;

/** Where an image's moves by a pixel begin in the image with a pixel of background around it: [row, column]. */
const SHIFTS = { up: [2, 1], down: [0, 1], left: [1, 2], right: [1, 0] } as const;

/** Puts the nodes of a network together. What goes through the first image's is named "first/…", and the second's "second/…". */
export class NetworkGraph {
  readonly graph = new Graph();
  readonly network: PlacedNetwork;
  readonly #parts: TrainedParts;
  readonly #tensors = new Map<string, { readonly shape: readonly number[]; readonly elements: Float32Array }>();

  constructor(parts: TrainedParts) {
    this.#parts = parts;
    this.network = placeNetwork(parts.network, parts.input);
    for (const { name: layer, parameters, buffers } of layersOf(this.network))
      for (const { name: last, shape } of [...parameters, ...buffers]) {
        const name = `${layer}.${last}`;
        this.#tensors.set(name, { shape, elements: parts.tensor(name, shape) });
      }
  }

  /**
   * The features of an image: the trunks' output, its mean over members and views.
   *
   * @param image    the input: raw pixels
   * @param through  before the names of the nodes: "first/", or nothing
   * @param side     which of two separate trunks
   */
  features(image: string, through: string, side: 0 | 1): string {
    const { graph, network } = this;
    const { hasViews } = this.#parts;
    const seen = this.#seen(image, through);
    const trunks = network.separate ? network.trunks.slice(side, side + 1) : network.trunks;
    const outputs = trunks.map((trunk) => this.#flat(this.#chain(through)(trunk, seen), trunk, through));
    const [only] = outputs;
    const output =
      only !== undefined && outputs.length === 1 ? only : graph.node("Mean", `${through}mean_of_members`, outputs);
    return hasViews ? this.#meanOfViews(output, through) : output;
  }

  /**
   * [pairs, 2]: the head's logits or, without a head, the logarithms of the probabilities that the relation does not hold and that it
   * holds, by the beliefs about both images.
   *
   * @param features  of both images; absent where the head sees the images
   */
  logits(features: Features | undefined): string {
    const { graph } = this;
    const { head } = this.network;
    const pair = features
      ? flatValue(graph.node("Concat", "features", features, { axis: 1 }))
      : mapValue(graph.node("Concat", "images", this.#bothSeen(), { axis: 1 }));
    if (head.length > 0) return this.#flat(this.#chain("")(head, pair), head, "");
    return this.#chain("")(placedRule(this.#parts.input), pair).name;
  }

  /** i64 [pairs, 2]: the likeliest class of each image, the first of equal ones. */
  digits(features: Features): string {
    const likeliest = features.map((logits, i) =>
      this.graph.node("ArgMax", `${SIDES[i]}/digit`, [logits], { axis: 1, keepdims: 1 }),
    );
    return this.graph.node("Concat", "likeliest_digits", likeliest, { axis: 1 });
  }

  /** [pairs]: the probability of the answer yes. @param logits  of no and yes */
  probability(logits: string): string {
    const answers = this.graph.node("Softmax", "answers", [logits], { axis: 1 });
    return this.graph.node("Gather", "answer_yes", [answers, this.graph.constant("yes", [], wholes(1))], { axis: 1 });
  }

  /** [pairs], not 0 where the network decides that the relation holds: by the larger logit or, without a head, by the likeliest digits. */
  decision(logits: string, digits: string | undefined): string {
    const { graph } = this;
    if (this.network.head.length > 0 || digits === undefined)
      return graph.node("ArgMax", "larger_logit", [logits], { axis: 1, keepdims: 0 });
    const { classes } = this.#parts.input;
    const table = graph.constant("rule.holds", [classes, classes], relationTable(this.#parts.relation, classes, true));
    return graph.node("GatherND", "rule.of_digits", [table, digits]);
  }

  #chain(through: string): Chain {
    const chain: Chain = (layers, input) => {
      let value = input;
      for (const placed of layers)
        value = layerGraphOf(placed.layer)(value, new LayerPlace(around, placed.name, through), placed);
      return value;
    };
    const around = {
      ...{ graph: this.graph, relation: this.#parts.relation, chain },
      tensor: (name: string) => this.#tensor(name),
    };
    return chain;
  }

  #tensor(name: string): string {
    const found = this.#tensors.get(name);
    if (!found) throw new Error(`the network has no tensor ${name}`);
    return this.graph.constant(name, found.shape, found.elements);
  }

  /** The output of a part as [n, features]: a map of one pixel may end it. */
  #flat({ name, rank }: Passed, layers: readonly PlacedLayer[], through: string): string {
    if (rank === 2) return name;
    return this.graph.node("Flatten", `${through}${layers.at(-1)?.name}/flat`, [name], { axis: 1 });
  }

  #bothSeen(): string[] {
    return SIDES.map((image) => this.#seen(image, `${image}/`).name);
  }

  /** Raw pixels as the first layers see them: less the background, and scaled; with views, all of an image's one after the other. */
  #seen(image: string, through: string): Passed {
    const { scale, background, hasViews } = this.#parts;
    const { graph } = this;
    const one = (name: string, value: number) => graph.constant(name, [], Float32Array.of(value));
    const above = background
      ? graph.node("Sub", `${through}above_background`, [
          image,
          graph.constant("pixel_background", [background.length, 1, 1], Float32Array.from(background)),
        ])
      : image;
    const all = hasViews ? this.#views(above, through) : above;
    const centred = graph.node("Sub", `${through}centred`, [all, one("pixel_mean", scale.mean)]);
    const deviation = one("pixel_standard_deviation", scale.deviation);
    return mapValue(graph.node("Div", `${through}scaled`, [centred, deviation]));
  }

  /** The images, then all of them moved up, down, left and right by a pixel. What the move uncovers is 0: background. */
  #views(images: string, through: string): string {
    const { graph } = this;
    const { height, width } = this.#parts.input;
    const list = (name: string, ...numbers: number[]) => graph.constant(name, [numbers.length], wholes(...numbers));
    const framed = graph.node("Pad", `${through}framed`, [images, list("frame", 0, 0, 1, 1, 0, 0, 1, 1)]);
    const axes = list("rows_and_columns", 2, 3);
    const moved = Object.entries(SHIFTS).map(([name, [top, left]]) => {
      const [from, to] = [list(`${name}.from`, top, left), list(`${name}.to`, top + height, left + width)];
      return graph.node("Slice", `${through}${name}`, [framed, from, to, axes]);
    });
    return graph.node("Concat", `${through}views`, [images, ...moved], { axis: 0 });
  }

  /** The mean over the views, in which the image itself counts as two. */
  #meanOfViews(logits: string, through: string): string {
    const views = ["own", ...Object.keys(SHIFTS)].map((name) => `${through}of_${name}`);
    this.graph.split("Split", [logits], views, { axis: 0 });
    return this.graph.node("Mean", `${through}mean_of_views`, [views[0] as string, ...views]);
  }
}

/** What the rule makes of two images' digit logits side by side: beliefs, then the logarithms of both answers' probabilities. */
function placedRule({ classes }: InputSpec): PlacedLayer[] {
  const rule: Network = { trunk: [], head: [softmax(2), ordinal()] };
  const { head } = placeNetwork(rule, { height: 1, width: 1, channels: classes, classes });
  return head.map((placed) => ({ ...placed, name: placed.name.replace("head", "rule") }));
}
