import { lessOrEqual } from "../../src/core/data/relations.js";
import { allocateActivations } from "../../src/core/engine/activations.js";
import type { Kernels } from "../../src/core/engine/kernels.js";
import { operationOf } from "../../src/core/engine/operations/kinds.js";
import { TensorSpace } from "../../src/core/engine/parameters.js";
import { readExamples } from "../../src/core/engine/readings.js";
import type { Layer } from "../../src/core/network/index.js";
import { kindOf } from "../../src/core/network/kinds.js";
import type { PlacedLayer } from "../../src/core/network/layer.js";
import { flat } from "../../src/core/network/shape.js";
import { newKernels } from "./kernels.js";

/** What a layer makes of rows of a flat input, and what it sends back. */
export interface LayerPasses {
  readonly outputs: readonly number[][];
  /** By the inputs. */
  readonly gradients: readonly number[][];
  readonly ofParameters: Readonly<Record<string, readonly number[]>>;
}

/**
 * One layer by itself, forward and backward, over rows of a flat input.
 *
 * @param slopes      the loss's gradient by each element of each output
 * @param parameters  by their names; where one is absent it is as it starts
 */
export function throughLayer(
  layer: Layer,
  rows: readonly (readonly number[])[],
  slopes: readonly (readonly number[])[],
  parameters: Readonly<Record<string, readonly number[]>> = {},
  kernels: Kernels = newKernels(),
): LayerPasses {
  const input = flat(rows[0]?.length ?? 0);
  const placed: PlacedLayer = {
    name: "layer",
    layer,
    input,
    ...kindOf(layer).rules(layer, input, { body: [], shortcut: [] }),
  };
  const tensors = new TensorSpace();
  const x = allocateActivations(kernels, input, rows.length);
  const context = {
    ...{ kernels, tensors, examples: rows.length, dropout: 0, shortcuts: [], relation: lessOrEqual },
    ...{ dropoutState: kernels.allocate(16), zeros: kernels.allocate(32) },
  };
  const operation = operationOf(layer).make(context, placed, x, { next: [], passing: 1, plan: () => [] });
  tensors.place(kernels);
  for (const { name, spec, values } of tensors.parameters) {
    const given = parameters[spec.name];
    const [start] = "value" in spec.start ? [spec.start.value] : [Number.NaN];
    kernels.floats(values, 1).set(given ?? [start]);
    if (spec.shape.join() !== "1") throw new Error(`${name} is no single number`);
  }
  const { output } = operation;
  const put = (from: typeof x, pointer: number, all: readonly (readonly number[])[]) =>
    all.forEach((row, i) => {
      row.forEach((value, e) => {
        kernels.floats(pointer, (i + 1) * from.size)[i * from.size + (from.positions[e] as number)] = value;
      });
    });
  put(x, x.values, rows);
  operation.forward(rows.length, true);
  put(output, output.gradients, slopes);
  operation.backward(rows.length);
  const read = (of: typeof x) => rows.map((_, i) => [...readExamples(kernels, of, i, 1)]);
  return {
    outputs: read(output),
    gradients: read({ ...x, values: x.gradients }),
    ofParameters: Object.fromEntries(
      tensors.parameters.map((tensor) => [tensor.spec.name, [...tensor.read(kernels, "gradients")]]),
    ),
  };
}
