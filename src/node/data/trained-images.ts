import { trainedImages } from "../../core/data/pools.js";
import { digestOfDigests } from "../../core/digest.js";
import { OFFICIAL_FILES } from "../../core/picture-sets/mnist.js";
import { type Job, pairRulesOf } from "../../core/training/job.js";
import type { Dataset } from "./dataset.js";
import { imageDigest } from "./seen.js";

/** Says which images runs of a data set trained on, by their digests. */
export type TrainedImages = (run: Pick<Job, "seed" | "config">) => ReadonlySet<string>;

/** @param dataset  all of whose images are held */
export function trainedImagesOf(dataset: Dataset): TrainedImages {
  const digests = new Map<number, string>();
  const digestOf = (image: number): string => {
    const digest = digests.get(image) ?? imageDigest(dataset.train, image);
    digests.set(image, digest);
    return digest;
  };
  return ({ seed, config }) => new Set(trainedImages(dataset, seed, pairRulesOf(config)).map(digestOf));
}

const MNIST_SHA256 = digestOfDigests(OFFICIAL_FILES.map(({ sha256 }) => sha256));

/** Whether images are MNIST's, which every installation has: which of them a run trained on can be found out at any time. */
export const isPackaged = ({ sha256 }: { readonly sha256: string }): boolean => sha256 === MNIST_SHA256;
