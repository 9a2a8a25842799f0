import {
  type Decision,
  type Decisions,
  decisions,
  digitConfusion,
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
  type Pairs,
  type PixelScale,
  type TrainedNetwork,
  trainedNetwork,
} from "../../core/index.js";
import { relationOf } from "../../core/training/job.js";
import { weightsIn } from "../../core/training/weights.js";
import type { PostedPairs } from "../images/posted-pairs.js";
import { type HardPairs, hardPairs } from "./hard-pairs.js";
import { Shelf, type ShelvedRun } from "./shelf.js";

/** How a network does on the test pairs of its round. */
export interface Survey {
  readonly pairs: number;
  /** Worst first. */
  readonly mistakes: readonly Mistake[];
  /** [class, likeliest class]. Absent where no classes are learned, or there are too many for a table. */
  readonly confusion?: Uint32Array;
  /** Absent where classes do not say the answer, one has no image among the training pairs, or there are too many for each pair of them. */
  readonly ideal?: IdealDecisions;
}

export interface ImagePair {
  /** [channels, height, width]: 0–255, less the background. */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

interface AskedHard {
  readonly id: string;
  /** Of the network that is to be right. */
  readonly other?: string;
  readonly pairs: PostedPairs;
  readonly most: number;
}

/** Classes whose confusions are counted: a table of them takes 16 MB. */
const MOST_CONFUSED = 2048;
/** Numbers in all pairs of ideal images: 128 MB. */
const MOST_IDEAL = 2 ** 25;

let shelf: Shelf | undefined;
/** A kernel instance for single computations. */
let workbench: Kernels | undefined;

function onShelf(): Shelf {
  if (!shelf) throw new Error("no network was put here");
  return shelf;
}

/** Asks trained networks about pairs, and looks into them. */
export const methods = {
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

  /** The mean and the standard deviation by which a network's pixels are scaled. */
  scale(id: string): PixelScale {
    return weightsIn({ name: `weights of run ${id}`, bytes: onShelf().run(id).weights }).scale;
  },

  /** Test pairs that one network decides wrong and another right, or of which the one is least sure. */
  hard({ id, other, pairs: { test }, most }: AskedHard): HardPairs {
    const said = (of: string): Decisions => {
      if (!workbench) throw new Error("no network was put here");
      workbench.clear();
      return decisions(trainedNetwork(onShelf().run(of), workbench), test);
    };
    return hardPairs(said(id), other === undefined ? undefined : said(other), test, most);
  },

  survey({ id, pairs: { train, test } }: { readonly id: string; readonly pairs: PostedPairs }): Survey {
    if (!workbench) throw new Error("no network was put here");
    const run = onShelf().run(id);
    workbench.clear();
    const network = trainedNetwork(run, workbench);
    const said: Decisions = decisions(network, test);
    const confusion = test.classCount <= MOST_CONFUSED ? digitConfusion(said, test) : undefined;
    return {
      pairs: test.count,
      mistakes: mistakes(said, test),
      ...(confusion && { confusion }),
      ...(!relationOf(run.record.config).listed && idealOf(network, train)),
    };
  },
};

function idealOf(network: TrainedNetwork, train: Pairs): Pick<Survey, "ideal"> {
  const { model } = network;
  const { channels, height, width } = model.network.trunks[0]?.at(-1)?.output ?? train;
  if (2 * train.classCount ** 2 * channels * height * width > MOST_IDEAL) return {};
  try {
    return { ideal: idealDecisions(network, train) };
  } catch (error) {
    if (error instanceof InvalidRequest) return {};
    throw error;
  }
}

export type InspectionMethods = typeof methods;
