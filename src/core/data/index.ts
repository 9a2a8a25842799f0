export { type Augmentation, type AugmentationName, augmentations } from "./augmentation.js";
export { type NamedBytes, readLabelledImages } from "./idx.js";
export type { ClassNumbers, LabelledImages } from "./images.js";
export { type PixelScale, pixelScale } from "./normalization.js";
export type { Pairing } from "./pairing.js";
export {
  type EvaluationPairs,
  type ImageSets,
  inputOf,
  type PairSet,
  type PairSetOptions,
  type Pairs,
  samplePairSet,
} from "./pairs.js";
export {
  lessOrEqual,
  type NamedRelation,
  type RelatedClasses,
  type Relation,
  type RelationName,
  relationNamed,
} from "./relations.js";
export { digitFromStrokes, PEN_WIDTH, pooledDigit, type StrokeOptions, type StrokePoint } from "./strokes.js";
