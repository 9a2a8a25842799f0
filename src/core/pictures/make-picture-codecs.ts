import { type CodecName, codecsOf, type PictureCodecs } from "./codecs.js";

/**
 * The decoders of JPEG and WebP, whose code is the same everywhere and gives the same bits; only where their files lie differs.
 *
 * @param read  gives the bytes of `@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm` or `@jsquash/webp/codec/dec/webp_dec.wasm`; called once
 *   a decoder, when it is needed
 */
export function makePictureCodecs(read: (name: CodecName) => Promise<Uint8Array>): PictureCodecs {
  return codecsOf(read, (name) =>
    name === "jpeg" ? import("@jsquash/jpeg/codec/dec/mozjpeg_dec.js") : import("@jsquash/webp/codec/dec/webp_dec.js"),
  );
}
