export { BorderHistogram, backgroundOf } from "./background.js";
export { type CodecName, makePictureCodecs, type PictureCodecs } from "./codecs.js";
export { decodePicture } from "./decode.js";
export { encodePng } from "./encode-png.js";
export type { Picture } from "./picture.js";
export { type Fit, type PictureTarget, preparePicture, sameShape } from "./prepare.js";
