import type { Residual } from "../../network/layers/residual.js";
import { type Activations, SLACK } from "../activations.js";
import type { LayerOperation, Operation } from "./operation.js";
import { rearrangeOperation, sameLayout } from "./rearrange.js";

const NONE = { body: [], shortcut: [] };

/** body(x) + shortcut(x). x's gradient is the sum of the gradients that both send back. */
const operation: LayerOperation<Residual> = {
  divides: ({ layers, shortcut }, divide) => divide(layers) && divide(shortcut),
  make(context, { branches = NONE }, input, { plan }) {
    const { kernels, examples: capacity } = context;
    const allocate = (size: number) => kernels.allocate((capacity + SLACK) * size);
    /** x, with memory for the gradient of one branch. Images have no gradient. */
    const own = (): Activations => (input.gradients ? { ...input, gradients: allocate(input.size) } : input);

    const bodyInput = own();
    const body = plan(branches.body, bodyInput);
    const bodyOutput = endOf(body, bodyInput);
    const { shape, stride, size, positions } = bodyOutput;
    // The sum's gradient is also the body's, and nothing writes to it on the way back, so both share its memory.
    const gradients = bodyOutput.gradients || allocate(size);
    const output: Activations = { shape, stride, size, positions, values: allocate(size), gradients };

    const direct = branches.shortcut.length === 0 && sameLayout(input, output);
    const shortcutInput = direct ? { ...input, gradients } : own();
    const shortcut = plan(branches.shortcut, shortcutInput);
    const shortcutEnd = endOf(shortcut, shortcutInput);
    if (!sameLayout(shortcutEnd, output)) shortcut.push(rearrangeOperation(context, shortcutEnd, output));
    const shortcutOutput = endOf(shortcut, shortcutInput);

    const operations = [...body, ...shortcut];
    const backwards = operations.toReversed();
    return {
      output,
      branches: { body, shortcut },
      studies: [body, shortcut].flatMap(([first]) => first?.studies ?? []),
      forward(examples, training) {
        for (const operation of operations) operation.forward(examples, training);
        kernels.run.add(bodyOutput.values, shortcutOutput.values, examples * size, output.values);
      },
      backward(examples) {
        if (shortcutOutput.gradients && !direct) kernels.copy(gradients, shortcutOutput.gradients, examples * size);
        for (const operation of backwards) operation.backward(examples);
        if (input.gradients)
          kernels.run.add(bodyInput.gradients, shortcutInput.gradients, examples * input.size, input.gradients);
      },
    };
  },
};
export default operation;

const endOf = (operations: readonly Operation[], input: Activations): Activations => operations.at(-1)?.output ?? input;
