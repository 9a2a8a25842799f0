import type { Message, Single } from "../protobuf.js";

// Numbers of fields and types are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.

/** The types of elements that graphs here have. */
const TYPES = { float: 1, int32: 6, int64: 7, bool: 9 } as const;
export type ElementType = keyof typeof TYPES;
/** A type as `Cast` takes it. */
export const typeNumber = (type: ElementType): number => TYPES[type];

const ATTRIBUTE_TYPES = { single: 1, whole: 2, wholes: 7 } as const;

/** A whole number, a number in single precision, or whole numbers. */
type Attribute = number | Single | readonly number[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** The elements of a constant tensor: f32 or i64. */
type Elements = Float32Array | BigInt64Array;

/** A size that is known, or a name for one that each call decides. */
export interface Dimension {
  readonly size: number | string;
  /** What it counts, in ONNX's words: https://github.com/onnx/onnx/blob/main/docs/TypeDenotation.md. */
  readonly counts?: "DATA_BATCH" | "DATA_CHANNEL" | "DATA_FEATURE";
}

/** An input or an output of a graph. */
export interface GraphEnd {
  readonly name: string;
  readonly type: ElementType;
  readonly dimensions: readonly Dimension[];
  readonly doc: string;
  readonly isImage?: true;
}

/** Collects the nodes and the constant tensors of a graph. A node has the name of its first output. */
export class Graph {
  readonly #nodes: Message[] = [];
  readonly #constants = new Map<string, Message>();
  readonly #names = new Set<string>();

  /** Adds a node with one output, and returns the output's name. */
  node(operator: string, name: string, inputs: readonly string[], attributes: Attributes = {}): string {
    this.split(operator, inputs, [name], attributes);
    return name;
  }

  /** Adds a node with several outputs. It has the name of the first. */
  split(operator: string, inputs: readonly string[], outputs: readonly string[], attributes: Attributes): void {
    for (const name of outputs) {
      if (this.has(name)) throw new Error(`two values of the graph would be called ${name}`);
      this.#names.add(name);
    }
    this.#nodes.push([
      ...inputs.map((input) => [1, input] as const),
      ...outputs.map((output) => [2, output] as const),
      [3, outputs[0] as string],
      [4, operator],
      ...Object.entries(attributes).map(([name, value]) => [5, attributeOf(name, value)] as const),
    ]);
  }

  /** Whether something of the graph has a name already. */
  has(name: string): boolean {
    return this.#names.has(name) || this.#constants.has(name);
  }

  /** Adds a constant tensor, unless one of that name is there: what goes through the same layers twice shares their tensors. */
  constant(name: string, shape: readonly number[], elements: Elements): string {
    if (!this.#constants.has(name)) this.#constants.set(name, tensorOf(name, shape, elements));
    return name;
  }

  /** A GraphProto. */
  message(name: string, inputs: readonly GraphEnd[], outputs: readonly GraphEnd[]): Message {
    return [
      ...this.#nodes.map((node) => [1, node] as const),
      [2, name],
      ...[...this.#constants.values()].map((tensor) => [5, tensor] as const),
      ...inputs.map((input) => [11, endOf(input)] as const),
      ...outputs.map((output) => [12, endOf(output)] as const),
    ];
  }
}

/** Whole numbers as the elements of a constant: a shape, axes, places. */
export const wholes = (...numbers: number[]): BigInt64Array => BigInt64Array.from(numbers, BigInt);

/** An AttributeProto. */
function attributeOf(name: string, value: Attribute): Message {
  if (typeof value === "number")
    return [
      [1, name],
      [3, value],
      [20, ATTRIBUTE_TYPES.whole],
    ];
  if ("single" in value)
    return [
      [1, name],
      [2, value],
      [20, ATTRIBUTE_TYPES.single],
    ];
  return [[1, name], ...value.map((each) => [8, each] as const), [20, ATTRIBUTE_TYPES.wholes]];
}

/** A TensorProto, its elements as they lie in memory: little-endian on every machine that runs this. */
const tensorOf = (name: string, shape: readonly number[], elements: Elements): Message => [
  ...shape.map((size) => [1, size] as const),
  [2, TYPES[elements instanceof Float32Array ? "float" : "int64"]],
  [8, name],
  [9, new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength)],
];

/** A ValueInfoProto. */
function endOf({ name, type, dimensions, doc, isImage }: GraphEnd): Message {
  const shape = dimensions.map(
    ({ size, counts }): Message => [
      typeof size === "number" ? [1, size] : [2, size],
      ...(counts ? [[3, counts] as const] : []),
    ],
  );
  const tensor: Message = [
    [1, TYPES[type]],
    [2, shape.map((dimension) => [1, dimension] as const)],
  ];
  return [
    [1, name],
    [2, [[1, tensor], ...(isImage ? [[6, "IMAGE"] as const] : [])]],
    [3, doc],
  ];
}
