export { type Augmentation, augmentations } from "./augmentation.js";
export { type NamedBytes, readLabelledImages } from "./idx.js";
export { inputOf, type LabelledImages } from "./images.js";
export { type PixelScale, pixelScale } from "./normalization.js";
export { type PairSet, type Pairs, samplePairSet } from "./pairs.js";
export type { ImageSets, PairSetOptions } from "./pools.js";
export {
  lessOrEqual,
  type NamedRelation,
  type RelatedClasses,
  type Relation,
  type RelationName,
  relationNamed,
} from "./relations.js";
export { digitFromStrokes, pooledDigit, type StrokeOptions, type StrokePoint } from "./strokes.js";
