import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { Apparatus } from "../../core/experiments/shared/apparatus.js";
import { type ImageSets, type Job, type PairsToMeasure, pairsOfJob } from "../../core/index.js";
import { pairsToMeasure } from "../../core/inspection/measure-run.js";
import { withSeenPairs } from "../../core/inspection/seen-pairs.js";
import type { SiteManifest } from "../../site/site-manifest.js";
import { addNetworks } from "../address/networks.js";
import { type AskedRuns, type Plan, planOf } from "../training/plan.js";
import { Transferred } from "../workers/protocol.js";
import { loadFile, STORE } from "./files.js";
import { buffersOf, type PostedPairs, posted } from "./posted-pairs.js";
import { countedSets, imageSets } from "./sets.js";

/** The bytes of the files so far. */
export interface Loading {
  readonly loaded: number;
  readonly total: number;
}

/** What jobs are made of, but for the engine. */
export type CountedDataset = Apparatus["dataset"];

let images: ImageSets | undefined;
let counted: CountedDataset | undefined;

/** Holds the images, 55 MB of MNIST, for the whole page. Other code needs only pairs, which have 3 MB, and the labels. */
export const methods = {
  /** Loads and checks the site's images. Files that the browser has kept are not fetched. */
  async open(
    { root, dataset }: Pick<SiteManifest, "dataset"> & { readonly root: string },
    report: (loading: Loading) => void,
  ): Promise<CountedDataset> {
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
    const { sets, meaning } = imageSets(dataset, files);
    images = sets;
    counted = { ...countedSets(sets), identity: { name: dataset.name, sha256: digestOf(dataset), ...meaning } };
    return counted;
  },

  /** The runs that are asked for, where it takes a while to count the pairs that there are. */
  plan({ asked, engine }: { readonly asked: AskedRuns; readonly engine: Apparatus["engine"] }): Plan {
    if (!counted) throw new Error("the images are not there yet");
    addNetworks(asked.own);
    return planOf(asked, { dataset: counted, engine });
  },

  /** @throws InvalidRequest where there are too few images */
  pairs(job: Pick<Job, "seed" | "config">): Transferred<PostedPairs> {
    if (!images) throw new Error("the images are not there yet");
    const pairs = posted(pairsOfJob(job, images));
    return new Transferred(pairs, buffersOf([pairs.train, pairs.test]));
  },

  /** The pairs that `pairlab evaluate` measures a run on. @throws InvalidRequest where there are too few images */
  pairsToMeasure(job: Pick<Job, "seed" | "config">): Transferred<PairsToMeasure> {
    if (!images) throw new Error("the images are not there yet");
    const found = withSeenPairs(pairsToMeasure(job, images), images, job);
    const { test, testImages = [], validation } = found;
    const pairs = { ...found, testImages: Uint32Array.from(testImages) };
    return new Transferred(pairs, buffersOf([test, ...(validation ? [validation] : [])]));
  },
};

/** Of files without a description the digest is that of their digests. */
function digestOf({ files, images: described }: SiteManifest["dataset"]): string {
  if (described) return described.sha256;
  const digests = sha256.create();
  for (const file of files) digests.update(hexToBytes(file.sha256));
  return bytesToHex(digests.digest());
}

export type ImagesMethods = typeof methods;
