import { join } from "node:path";
import type { RunRecord } from "../../core/training/run.js";
import { readTextWithin } from "../read.js";
import { sealed } from "./encode.js";
import { MOST_BYTES, TRAINED_IMAGES } from "./layout.js";

/** The text of a run's `trained-images.json`: the digests of the images that it trained on, ascending, and which run it is. */
export const encodeTrainedImages = ({ id, weightsSha256, config }: RunRecord, digests: ReadonlySet<string>): string =>
  sealed({ id, weightsSha256, dataset: config.dataset.sha256, images: [...digests].sort().join(" ") });

/** The digests in a run's folder; undefined if they cannot be read, are damaged, or are of another run. */
export async function readTrainedImages(folder: string, record: RunRecord): Promise<ReadonlySet<string> | undefined> {
  try {
    const text = await readTextWithin(join(folder, TRAINED_IMAGES), MOST_BYTES[TRAINED_IMAGES]);
    const { images } = JSON.parse(text) as { readonly images: string };
    const digests = new Set(images.split(" "));
    return text === encodeTrainedImages(record, digests) ? digests : undefined;
  } catch {
    return undefined;
  }
}
