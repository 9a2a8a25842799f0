import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type CodecName, makePictureCodecs, type PictureCodecs } from "../../core/pictures/index.js";

const FILES: Readonly<Record<CodecName, string>> = {
  jpeg: "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
  webp: "@jsquash/webp/codec/dec/webp_dec.wasm",
};

/** The decoders of JPEG and WebP for `decodePicture`, each read when the first image of its kind comes. One does for any number of images. */
export function pictureCodecs(): PictureCodecs {
  return makePictureCodecs((name) => readFile(createRequire(import.meta.url).resolve(FILES[name])));
}
