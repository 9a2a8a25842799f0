import {
  type Decision,
  type Decisions,
  decisions,
  digitConfusion,
  type ErrorsByDigits,
  errorsByDigits,
  type IdealDecisions,
  type Inspection,
  InvalidRequest,
  idealDecisions,
  type KernelModule,
  Kernels,
  type LayerWeights,
  layerWeights,
  type Mistake,
  mistakes,
  trainedNetwork,
} from "../../core/index.js";
import type { PostedPairs } from "../images/posted-pairs.js";
import { serve } from "../workers/serve.js";
import { Shelf, type ShelvedRun } from "./shelf.js";

/** How a network does on the test pairs of its round. */
export interface Survey {
  readonly pairs: number;
  /** Worst first. */
  readonly mistakes: readonly Mistake[];
  /** [digit, likeliest digit]. Absent where no digits are learned. */
  readonly confusion?: Uint32Array;
  readonly errors: ErrorsByDigits;
  /** Absent where a digit has no image among the training pairs. */
  readonly ideal?: IdealDecisions;
}

export interface ImagePair {
  /** [14, 14], raw pixels 0–255. */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

let shelf: Shelf | undefined;
/** A kernel instance for single computations. */
let workbench: Kernels | undefined;

function onShelf(): Shelf {
  if (!shelf) throw new Error("no network was put here");
  return shelf;
}

/** Asks trained networks about pairs, and looks into them. */
const methods = {
  put({ run, kernels }: { readonly run: ShelvedRun; readonly kernels: KernelModule }): void {
    shelf ??= new Shelf(new Kernels(kernels));
    workbench ??= new Kernels(kernels);
    shelf.put(run);
  },

  drop(ids: readonly string[]): void {
    shelf?.drop(ids);
  },

  /** The decision of each of these networks on a pair, in their order. */
  decide({ ids, first, second }: ImagePair & { readonly ids: readonly string[] }): Decision[] {
    return ids.map((id) => onShelf().inspector(id).decide(first, second));
  },

  inspect({ id, first, second }: ImagePair & { readonly id: string }): Inspection {
    return onShelf().inspector(id).inspect(first, second);
  },

  weights(id: string): LayerWeights {
    return layerWeights({ name: `weights of run ${id}`, bytes: onShelf().run(id).weights });
  },

  survey({ id, pairs: { train, test } }: { readonly id: string; readonly pairs: PostedPairs }): Survey {
    if (!workbench) throw new Error("no network was put here");
    const run = onShelf().run(id);
    workbench.clear();
    const network = trainedNetwork(run, workbench);
    const said: Decisions = decisions(network, test);
    const confusion = digitConfusion(said, test);
    return {
      pairs: test.count,
      mistakes: mistakes(said, test),
      ...(confusion && { confusion }),
      errors: errorsByDigits(said, test),
      ...idealOf(network, train),
    };
  },
};

/** Undefined where a digit has no image among the training pairs. */
function idealOf(...asked: Parameters<typeof idealDecisions>): Pick<Survey, "ideal"> {
  try {
    return { ideal: idealDecisions(...asked) };
  } catch (error) {
    if (error instanceof InvalidRequest) return {};
    throw error;
  }
}

export type InspectionMethods = typeof methods;

serve(methods);
