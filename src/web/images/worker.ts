import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { classCounts } from "../../core/data/drawing.js";
import { inputOf, requirePairs } from "../../core/data/pairs.js";
import { type ImageSets, type Job, pairsOfJob, readLabelledImages, type ShapedDataset } from "../../core/index.js";
import type { SiteManifest } from "../../site/site-manifest.js";
import { Transferred } from "../workers/protocol.js";
import { serve } from "../workers/serve.js";
import { loadFile, STORE } from "./files.js";
import { type PostedPairs, posted } from "./posted-pairs.js";

/** The bytes of the files so far. */
export interface Loading {
  readonly loaded: number;
  readonly total: number;
}

let images: ImageSets | undefined;

/** Holds the images, 55 MB, for the whole page. Other code needs only pairs, which have 3 MB. */
const methods = {
  /** Loads and checks the site's images. Files that the browser has kept are not fetched. */
  async open(
    { root, dataset }: Pick<SiteManifest, "dataset"> & { readonly root: string },
    report: (loading: Loading) => void,
  ): Promise<ShapedDataset> {
    const store = await globalThis.caches?.open(STORE).catch(() => undefined);
    const source = { root, store, fetch: (url: string, options?: RequestInit) => fetch(url, options) };
    const loaded = dataset.files.map(() => 0);
    const total = dataset.files.reduce((sum, { bytes }) => sum + bytes, 0);
    const files = await Promise.all(
      dataset.files.map(async (file, i) => ({
        name: file.name,
        bytes: await loadFile(source, file, (bytes) => {
          loaded[i] = Math.min(bytes, file.bytes);
          report({ loaded: loaded.reduce((sum, each) => sum + each), total });
        }),
      })),
    );
    const [trainImages, trainLabels, testImages, testLabels] = files;
    if (!trainImages || !trainLabels || !testImages || !testLabels) throw new Error("site.json must name four files");
    images = {
      train: readLabelledImages(trainImages, trainLabels),
      test: readLabelledImages(testImages, testLabels),
    };
    const digests = sha256.create();
    for (const file of dataset.files) digests.update(hexToBytes(file.sha256));
    return {
      name: dataset.name,
      sha256: bytesToHex(digests.digest()),
      shape: inputOf(images.train),
      classCounts: Array.from(classCounts(images.train)),
    };
  },

  /** @throws InvalidRequest where there are too few images */
  pairs(job: Pick<Job, "seed" | "config">): Transferred<PostedPairs> {
    if (!images) throw new Error("the images are not there yet");
    const { config } = job;
    const names = { trainPairs: "Training pairs" };
    requirePairs("training", config, images.train.count, names);
    requirePairs(config.evaluateOn, config, images[config.evaluateOn === "test" ? "test" : "train"].count, names);
    const pairs = posted(pairsOfJob(job, images));
    const buffers = [pairs.train, pairs.test].flatMap((each) => [each.images, each.classes, each.targets]);
    return new Transferred(
      pairs,
      buffers.map(({ buffer }) => buffer as ArrayBuffer),
    );
  },
};

export type ImagesMethods = typeof methods;

serve(methods);
