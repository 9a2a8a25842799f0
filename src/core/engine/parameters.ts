import { instanceOf } from "../checks.js";
import type { PlacedLayer, TensorSpec } from "../network/layer.js";
import type { KernelSpace, Pointer } from "./kernels.js";

/** The layout of a matrix of weights. A row holds an input's weights. `panelBytes` leads from 8 outputs to the next 8. */
export interface MatrixLayout {
  /** Inputs, rounded up to 8. */
  readonly rows: number;
  /** Outputs, rounded up to 8. */
  readonly columns: number;
  readonly rowBytes: number;
  readonly panelBytes: number;
  /** Floats of the whole matrix. */
  readonly room: number;
}

/** A tensor of a model. It has PyTorch's name, shape and element order, and a layout of its own in the kernels' memory. */
export class Tensor {
  /** The byte offset of its values. It is set when all tensors of the model are known. */
  values: Pointer = 0;
  /** The byte offset of ∂L/∂values, laid out like the values; 0 for a buffer. */
  gradients: Pointer = 0;

  #positions: Int32Array | undefined;

  constructor(
    readonly name: string,
    readonly spec: TensorSpec,
    /** The floats that its layout takes. */
    readonly room: number,
    private readonly locate: () => Int32Array,
    /** Only for the weights of a convolution or a linear layer. */
    readonly matrix?: MatrixLayout,
  ) {}

  /** The place of each element in the layout. Elements are counted in PyTorch's order. */
  get positions(): Int32Array {
    this.#positions ??= this.locate();
    return this.#positions;
  }

  /** The tensor's elements, or their gradients, in PyTorch's order. */
  read(kernels: KernelSpace, from: "values" | "gradients" = "values"): Float32Array {
    return this.readAt(kernels, this[from]);
  }

  /** Sets the elements, given in PyTorch's order. */
  write(kernels: KernelSpace, elements: ArrayLike<number>): void {
    this.writeAt(kernels, this.values, elements);
  }

  /** Reads elements at another place, laid out like the values, in PyTorch's order. */
  readAt(kernels: KernelSpace, pointer: Pointer): Float32Array {
    const inside = kernels.floats(pointer, this.room);
    const { positions } = this;
    const elements = new Float32Array(positions.length);
    for (let e = 0; e < elements.length; e++) elements[e] = inside[positions[e] as number] as number;
    return elements;
  }

  /** Writes elements, given in PyTorch's order, to another place, laid out like the values. */
  writeAt(kernels: KernelSpace, pointer: Pointer, elements: ArrayLike<number>): void {
    const inside = kernels.floats(pointer, this.room);
    const { positions } = this;
    for (let e = 0; e < positions.length; e++) inside[positions[e] as number] = elements[e] as number;
  }
}

/** The numbers 0 … `count` − 1. */
export const inOrder = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);

/** Collects a network's tensors while its operations are made, then lays the parameters out in one piece. */
export class TensorSpace {
  readonly parameters: Tensor[] = [];
  /** The other tensors of the state: running statistics. */
  readonly buffers: Tensor[] = [];
  /** The floats that all parameters take together. */
  room = 0;
  values: Pointer = 0;
  gradients: Pointer = 0;

  /** A parameter of `layer`, by the last part of its name. */
  parameter(layer: PlacedLayer, name: string, room: number, locate: () => Int32Array, matrix?: MatrixLayout): Tensor {
    return add(this.parameters, layer.name, find(layer.parameters, name), room, locate, matrix);
  }

  /** A buffer of `layer`, by the last part of its name. */
  buffer(layer: PlacedLayer, name: string, room: number, locate: () => Int32Array): Tensor {
    return add(this.buffers, layer.name, find(layer.buffers, name), room, locate);
  }

  /** A parameter's share of values at `start` that are laid out like all parameters, in PyTorch's order. */
  readBeside(kernels: KernelSpace, start: Pointer, parameter: Tensor): Float32Array {
    return parameter.readAt(kernels, start + parameter.values - this.values);
  }

  /** Sets a parameter's share of values at `start` that are laid out like all parameters. It is given in PyTorch's order. */
  writeBeside(kernels: KernelSpace, start: Pointer, parameter: Tensor, elements: ArrayLike<number>): void {
    parameter.writeAt(kernels, start + parameter.values - this.values, elements);
  }

  /** Gives every tensor its place. */
  place(kernels: KernelSpace): void {
    this.room = this.parameters.reduce((sum, { room }) => sum + room, 0);
    this.values = kernels.allocate(this.room);
    this.gradients = kernels.allocate(this.room);
    let at = 0;
    for (const parameter of this.parameters) {
      parameter.values = this.values + at;
      parameter.gradients = this.gradients + at;
      at += 4 * parameter.room;
    }
    for (const buffer of this.buffers) buffer.values = kernels.allocate(buffer.room);
  }
}

function find(specs: readonly TensorSpec[], name: string): TensorSpec {
  const spec = specs.find((candidate) => candidate.name === name);
  if (!spec) throw new Error(`no tensor ${name} among ${specs.map((candidate) => candidate.name).join(", ")}`);
  return spec;
}

function add(
  to: Tensor[],
  layer: string,
  spec: TensorSpec,
  room: number,
  locate: () => Int32Array,
  matrix?: MatrixLayout,
): Tensor {
  const tensor = new Tensor(`${layer}.${spec.name}`, spec, room, locate, matrix);
  to.push(tensor);
  return tensor;
}

export const checkTensors = instanceOf(TensorSpace, "the tensors of a model");
