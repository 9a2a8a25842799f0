import type { Activations } from "../activations.js";
import type { Pointer } from "../kernels.js";
import type { Panels } from "../products/panels.js";
import { Relay } from "../thread-group.js";
import type { ConvolutionContext } from "./method.js";

/** The gradients of a convolution, a few images at a time. */
export interface GroupedGradients {
  /** The most images in one call. */
  readonly group: number;
  /** What the weights' gradient is added to: the start of its memory, and how many floats. */
  readonly sums: { readonly pointer: Pointer; readonly count: number };
  /** Whether the last bits of `sums` depend on which images are in one call. */
  readonly sumsByGroup: boolean;
  /** Adds to the weights' gradient, and sets the input's if it has one. */
  both(first: number, images: number): void;
  weights(first: number, images: number): void;
  input(first: number, images: number): void;
  /** Call it once when all images are in `sums`. */
  end(): void;
}

/** The rows of an output whose columns' sums are the gradient of the bias. */
interface BiasRows {
  readonly gradient: Pointer;
  readonly rows: number;
}

/** Goes through a batch's images on the way back, alone or with other threads. */
export class WayBack {
  readonly #gradients: GroupedGradients;
  readonly #panels: Panels;
  readonly #seen: Activations;
  readonly #relay: Relay | undefined;

  /** @param hasBias  whether the bias has a gradient */
  constructor(
    { build: { group, kernels }, input, panels }: ConvolutionContext,
    gradients: GroupedGradients,
    hasBias: boolean,
  ) {
    this.#gradients = gradients;
    this.#panels = panels;
    this.#seen = input;
    if (!group) return;
    if (gradients.sumsByGroup) group.keepTogether(gradients.group);
    const bias = () => ({ pointer: panels.bias.gradients, count: panels.columns });
    this.#relay = new Relay(group, kernels, () => (hasBias ? [gradients.sums, bias()] : [gradients.sums]));
  }

  run(examples: number, bias?: BiasRows): void {
    const { group, both, weights, input, end } = this.#gradients;
    const inGroups = (visit: (first: number, images: number) => void) => {
      for (let first = 0; first < examples; first += group) visit(first, Math.min(group, examples - first));
    };
    const handingOn = (visit: (first: number, images: number) => void) =>
      inGroups((first, images) => {
        visit(first, images);
        this.#seen.handover?.gradients(first, images);
      });
    const start = () => bias && this.#panels.biasGradient(bias.gradient, bias.rows);
    if (!this.#relay) {
      start();
      handingOn(both);
      end();
      return;
    }
    this.#relay.run({
      input: () => handingOn(input),
      weights: (isFirst) => {
        if (isFirst) start();
        else if (bias) this.#panels.continueBiasGradient(bias.gradient, bias.rows);
        inGroups(weights);
      },
      end,
    });
  }
}
