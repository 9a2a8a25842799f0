import type { Size } from "../../core/data/image-options.js";
import { areDigits } from "../../core/experiments/shared/question.js";
import { DIGIT_PAIRS, type InputSpec } from "../../core/index.js";
import { type ConfiguredDataset, type DatasetMeaning, shapeOf } from "../../core/training/job.js";

/** What the page says of images and draws of them. */
export interface SeenImages {
  /** Of what networks see. */
  readonly shape: InputSpec;
  /** MNIST's digits, as the paper's networks see them: only such can be drawn here. */
  readonly isDigits: boolean;
  /** Of a list of pairs: what it answers about them. */
  readonly listed?: NonNullable<DatasetMeaning["listed"]>;
}

export const DIGITS: SeenImages = { shape: DIGIT_PAIRS, isDigits: true };

type Dataset = Pick<ConfiguredDataset, "name" | "sha256" | "shape" | "classes" | "values" | "background" | "listed">;

/** Which images they are is known by the data set's name: other sets have MNIST's shape and as many classes. */
export function seenOf(dataset: Dataset): SeenImages {
  const shape = shapeOf(dataset);
  const isShaped = Object.entries(DIGIT_PAIRS).every(([field, value]) => shape[field as keyof InputSpec] === value);
  const { listed, background } = dataset;
  return {
    shape,
    isDigits: areDigits([{ config: { dataset } }]) && isShaped && !listed && !background?.some(Boolean),
    ...(listed && { listed: { relation: listed.relation, share: listed.share } }),
  };
}

/** "32×24", height first, as --size has it. */
export const sizeInWords = ({ height, width }: Size): string => `${height}×${width}`;

/** "14×14 digits", "24×32 colour images of 12 classes". */
export function imagesInWords({ shape, isDigits }: SeenImages): string {
  if (isDigits) return `${sizeInWords(shape)} digits`;
  const ofClasses = shape.classes > 0 ? ` of ${shape.classes} classes` : "";
  return `${sizeInWords(shape)} ${shape.channels === 1 ? "grey" : "colour"} images${ofClasses}`;
}

/** Of both images of a pair, one behind the other. */
export const channelsInWords = ({ channels }: Pick<InputSpec, "channels">): string =>
  `${channels === 1 ? "two" : "six"} channels`;

/** What a class is called: its name, or the number that it stands for. */
export const classNamer =
  ({ classes, values }: Pick<Dataset, "classes" | "values">) =>
  (number: number): string =>
    classes?.[number] ?? String(values?.[number] ?? number);

/** What class names in a claim or a table look like. */
export type ClassNamer = ReturnType<typeof classNamer>;

/** Of more classes a table shows the worst. */
export const MOST_IN_TABLE = 12;
