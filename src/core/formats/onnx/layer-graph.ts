import type { Relation } from "../../data/relations.js";
import type { Layer, PlacedLayer } from "../../network/layer.js";
import { type Attributes, type Graph, wholes } from "./graph.js";

/** A value that goes from layer to layer: [n, features], or [n, channels, height, width]. A map of one pixel may be either. */
export interface Passed {
  readonly name: string;
  readonly rank: 2 | 4;
}

/** How a kind of layer becomes nodes of a graph. */
export type LayerGraph<Each extends Layer> = (
  input: Passed,
  at: LayerPlace,
  placed: PlacedLayer & { readonly layer: Each },
) => Passed;

/** Adds the nodes of layers, one after the other. */
export type Chain = (layers: readonly PlacedLayer[], input: Passed) => Passed;

/** What layers' nodes are added to, and what they need to know. */
export interface Surroundings {
  readonly graph: Graph;
  readonly relation: Relation;
  /** A tensor of the network as a constant of the graph. */
  readonly tensor: (name: string) => string;
  /** Adds the layers of a branch. */
  readonly chain: Chain;
}

/** A layer where something goes through it. Its nodes are named by it, and by what goes through where that is one image of two. */
export class LayerPlace {
  readonly #around: Surroundings;
  readonly #layer: string;
  readonly #name: string;

  /**
   * @param layer    its name
   * @param through  before the layer's name in those of its nodes: "first/"
   */
  constructor(around: Surroundings, layer: string, through: string) {
    this.#around = around;
    this.#layer = layer;
    this.#name = `${through}${layer}`;
  }

  get relation(): Relation {
    return this.#around.relation;
  }

  get chain(): Chain {
    return this.#around.chain;
  }

  /** The node that gives the layer's output. It has the layer's name. */
  result(operator: string, inputs: readonly string[], attributes?: Attributes): string {
    return this.#around.graph.node(operator, this.#name, inputs, attributes);
  }

  /** A node before that. It has its operator's name behind the layer's. */
  step(operator: string, inputs: readonly string[], attributes?: Attributes): string {
    return this.#around.graph.node(operator, this.#stepName(operator), inputs, attributes);
  }

  /** The two halves of a flat input: the first image's features and the second's. */
  halves(input: Passed): readonly [string, string] {
    const name = this.#stepName("Split");
    const outputs = [name, `${name}:1`] as const;
    this.#around.graph.split("Split", [this.flat(input)], outputs, { axis: 1 });
    return outputs;
  }

  /** A tensor that the layer owns, such as "weight". */
  tensor(name: string): string {
    return this.#around.tensor(`${this.#layer}.${name}`);
  }

  /** Another constant of the layer: one number, or elements of a shape, by default [length]. */
  constant(name: string, elements: number | Float32Array | BigInt64Array, shape?: readonly number[]): string {
    const values = typeof elements === "number" ? Float32Array.of(elements) : elements;
    const due = shape ?? (typeof elements === "number" ? [] : [values.length]);
    return this.#around.graph.constant(`${this.#layer}.${name}`, due, values);
  }

  /** The value as [n, features]. */
  flat({ name, rank }: Passed): string {
    return rank === 2 ? name : this.step("Flatten", [name], { axis: 1 });
  }

  /** The value as [n, channels, height, width]. */
  map({ name, rank }: Passed): string {
    return rank === 4 ? name : this.reshaped(name, "map", 0, 0, 1, 1);
  }

  /** A value of another shape: 0 keeps a size, −1 takes what is left. */
  reshaped(value: string, name: string, ...shape: number[]): string {
    return this.step("Reshape", [value, this.constant(name, wholes(...shape))]);
  }

  #stepName(operator: string): string {
    let name = `${this.#name}/${operator}`;
    for (let again = 2; this.#around.graph.has(name); again++) name = `${this.#name}/${operator}_${again}`;
    return name;
  }
}

export const flatValue = (name: string): Passed => ({ name, rank: 2 });
export const mapValue = (name: string): Passed => ({ name, rank: 4 });
