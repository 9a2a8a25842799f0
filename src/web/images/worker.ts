import { digestOfDigests } from "../../core/digest.js";
import type { Apparatus } from "../../core/experiments/shared/apparatus.js";
import { type ImageSets, type Job, type PairsToMeasure, pairsOfJob } from "../../core/index.js";
import { pairsToMeasure } from "../../core/inspection/measure-run.js";
import { withSeenPairs } from "../../core/inspection/seen-pairs.js";
import type { FetchedFile, SiteManifest } from "../../site/site-manifest.js";
import { addNetworks } from "../address/networks.js";
import { type AskedRuns, type Plan, planOf } from "../training/plan.js";
import { Transferred } from "../workers/protocol.js";
import { loadFile, STORE } from "./files.js";
import { firstSets, hasPairsOf } from "./first.js";
import type { AskedPictures, OwnAbout } from "./given-pictures.js";
import { buffersOf, type PostedPairs, posted } from "./posted-pairs.js";
import { countedSets, imageSets, type LoadedFile, type SiteSets } from "./sets.js";

/** The bytes of the files so far. */
export interface Loading {
  readonly loaded: number;
  readonly total: number;
}

/** What jobs are made of, but for the engine. */
export type CountedDataset = Apparatus["dataset"];

/** Where a site's images are. */
export type ImagesPlace = Pick<SiteManifest, "dataset"> & { readonly root: string };

type Report = (loading: Loading) => void;

/** Somebody's own pictures, as the page's images, and what they were understood to be. */
export interface OwnDataset {
  readonly counted: CountedDataset;
  readonly about: OwnAbout;
}

/** How many pictures are decoded. */
export interface Decoding {
  readonly done: number;
  readonly total: number;
}

/** Two pictures as a network that was trained on others sees them, [channels, height, width], and how they differ from those. */
export interface SeenFiles {
  readonly images: readonly [Float32Array, Float32Array];
  readonly remarks: readonly string[];
}

/** All that are there. */
let images: ImageSets | undefined;
/** Whether these are all of the site's. */
let isWhole = false;
let counted: CountedDataset | undefined;
/** Of several that are opened at once the last stays. */
let openings = 0;

/** @throws Error where the images of a run are not the page's: those may be others by now */
function imagesOf({ config }: Pick<Job, "config">): ImageSets {
  if (!images || !counted) throw new Error("the images are not there yet");
  const { identity } = counted;
  if (config.dataset.sha256 !== identity.sha256)
    throw new Error(`the run is of ${config.dataset.name}, and the page's images are ${identity.name}`);
  return images;
}

/** Holds the images, 55 MB of MNIST, for the whole page. Other code needs only pairs, which have 3 MB, and the labels. */
export const methods = {
  /** Loads and checks the images that the page begins with. Files that the browser has kept are not fetched. */
  async open(place: ImagesPlace, report: Report): Promise<CountedDataset> {
    const { dataset } = place;
    const opening = ++openings;
    const { sets, meaning } = dataset.first ? await loadFirst(place, report) : await loadAll(place, report);
    requireLast(opening);
    images = sets;
    isWhole = !dataset.first;
    counted = { ...countedSets(sets), identity: { name: dataset.name, sha256: digestOf(dataset), ...meaning } };
    return counted;
  },

  /** Loads and checks all of the site's images. */
  async openAll(place: ImagesPlace, report: Report): Promise<void> {
    const opening = openings;
    const { sets } = await loadAll(place, report);
    requireLast(opening);
    images = sets;
    isWhole = true;
  },

  /** Reads somebody's own pictures, and makes them the page's images. @throws InvalidRequest; then the images stay as they were */
  async openOwn(asked: AskedPictures, report: (decoding: Decoding) => void): Promise<OwnDataset> {
    const opening = ++openings;
    const { aboutOwn, ownPictures } = await import("./own-pictures.js");
    const sets = await ownPictures(asked, (done, total) => report({ done, total }));
    requireLast(opening);
    images = sets;
    isWhole = true;
    counted = { ...countedSets(sets), identity: sets.identity };
    return { counted, about: aboutOwn(sets) };
  },

  /** Two files as the network of a run sees them. @throws InvalidRequest where one is no picture, or of another shape */
  async seen({ files, config }: { readonly files: readonly [File, File] } & Pick<Job, "config">): Promise<SeenFiles> {
    const [{ pictureOf }, { seenPicture, unlikeTraining }] = await Promise.all([
      import("./own-pictures.js"),
      import("../../core/inspection/picture-pairs.js"),
    ]);
    const [first, second] = files;
    const named = async (file: File) => ({ name: file.name, picture: await pictureOf(file) });
    const [one, other] = [await named(first), await named(second)];
    return {
      images: [seenPicture(config, one), seenPicture(config, other)],
      remarks: [one, other].flatMap((each) => unlikeTraining(config, each) ?? []),
    };
  },

  /** The runs that are asked for, where it takes a while to count the pairs that there are. */
  plan({ asked, engine }: { readonly asked: AskedRuns; readonly engine: Apparatus["engine"] }): Plan {
    if (!counted) throw new Error("the images are not there yet");
    addNetworks(asked.own);
    return planOf(asked, { dataset: counted, engine });
  },

  /** @returns undefined where they are of images that are not there yet. @throws InvalidRequest where there are too few images */
  pairs(job: Pick<Job, "seed" | "config">): Transferred<PostedPairs> | undefined {
    const there = imagesOf(job);
    if (!isWhole && !hasPairsOf(job, there)) return undefined;
    const pairs = posted(pairsOfJob(job, there));
    return new Transferred(pairs, buffersOf([pairs.train, pairs.test]));
  },

  /**
   * The pairs that `pairlab evaluate` measures a run on.
   *
   * @returns undefined where the images are not all there yet: these are pairs of all test images
   * @throws InvalidRequest where there are too few images
   */
  pairsToMeasure(job: Pick<Job, "seed" | "config">): Transferred<PairsToMeasure> | undefined {
    const there = imagesOf(job);
    if (!isWhole) return undefined;
    const found = withSeenPairs(pairsToMeasure(job, there), there, job);
    const { test, testImages = [], validation } = found;
    const pairs = { ...found, testImages: Uint32Array.from(testImages) };
    return new Transferred(pairs, buffersOf([test, ...(validation ? [validation] : [])]));
  },
};

/** @throws Error where other images were asked for since */
function requireLast(opening: number): void {
  if (opening !== openings) throw new Error("other images were asked for since");
}

/** Images of which only those of the first pairs have pixels. Where there is such a file, classes are numbers. */
async function loadFirst({ root, dataset }: ImagesPlace, report: Report): Promise<SiteSets> {
  const { first, files } = dataset;
  const [train, test] = (["train labels", "test labels"] as const).map((due) => files.find(({ role }) => role === due));
  if (!first || !train || !test) throw new Error("site.json must name the first pairs, and labels of all images");
  const [file, ...labels] = await load(root, [first, train, test], report);
  const [trainLabels, testLabels] = labels as [LoadedFile, LoadedFile];
  return { sets: firstSets(first, file as LoadedFile, { train: trainLabels, test: testLabels }), meaning: {} };
}

const loadAll = async ({ root, dataset }: ImagesPlace, report: Report): Promise<SiteSets> =>
  imageSets(dataset, await load(root, dataset.files, report));

/** Files that the browser has kept, or that are fetched, each beside the others. */
async function load(root: string, files: readonly FetchedFile[], report: Report): Promise<LoadedFile[]> {
  const store = await globalThis.caches?.open(STORE).catch(() => undefined);
  const source = { root, store, fetch: (url: string, options?: RequestInit) => fetch(url, options) };
  const loaded = files.map(() => 0);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return Promise.all(
    files.map(async (file, i) => ({
      name: file.name,
      bytes: await loadFile(source, file, (bytes) => {
        loaded[i] = Math.min(bytes, file.bytes);
        report({ loaded: loaded.reduce((sum, each) => sum + each), total });
      }),
    })),
  );
}

/** Of files without a description the digest is that of their digests. */
const digestOf = ({ files, images: described }: SiteManifest["dataset"]): string =>
  described ? described.sha256 : digestOfDigests(files.map(({ sha256 }) => sha256));

export type ImagesMethods = typeof methods;
