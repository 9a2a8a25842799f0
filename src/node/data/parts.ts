import type { LabelledImages } from "../../core/data/images.js";
import type { PictureSet } from "../../core/picture-sets/load.js";
import type { Dataset } from "./dataset.js";

/** Images that a data set keeps apart from others, or all of one that no one has split. */
export interface Part {
  readonly name: string;
  readonly images: LabelledImages;
  readonly files?: readonly string[] | undefined;
}

export const isOfPictures = (dataset: Dataset): dataset is PictureSet => "about" in dataset;

/** The parts of a data set, the training images first. */
export function partsOf(dataset: Dataset): Part[] {
  const files = isOfPictures(dataset) ? dataset.files : undefined;
  const { train, test, validation, unsplit, listed } = dataset;
  if (unsplit || listed) return [{ name: "all", images: train, files: files?.all }];
  return [
    { name: "train", images: train, files: files?.train },
    { name: "test", images: test, files: files?.test },
    ...(validation ? [{ name: "validation", images: validation, files: files?.validation }] : []),
  ];
}
