export { BorderHistogram, backgroundOf } from "./background.js";
export type { CodecName, PictureCodecs } from "./codecs.js";
export { decodePicture } from "./decode.js";
export { encodePng } from "./encode-png.js";
export { makePictureCodecs } from "./make-picture-codecs.js";
export type { Picture } from "./picture.js";
export { type Fit, type PictureTarget, preparePicture, sameShape } from "./prepare.js";
