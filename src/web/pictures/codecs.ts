/// <reference types="vite/client" />
import jpegScript from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js?url";
import jpeg from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url";
import webpScript from "@jsquash/webp/codec/dec/webp_dec.js?url";
import webp from "@jsquash/webp/codec/dec/webp_dec.wasm?url";
import { codecsOf, type PictureCodecs } from "../../core/pictures/codecs.js";

const FILES = { jpeg, webp } as const;
const SCRIPTS = { jpeg: jpegScript, webp: webpScript } as const;

/** The decoders of JPEG and WebP, whose files lie beside the page's: each is fetched when the first image of its kind comes. */
export function pictureCodecs(): PictureCodecs {
  return codecsOf(
    async (name) => {
      const response = await fetch(FILES[name]);
      if (!response.ok) throw new Error(`${FILES[name]}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    (name) => import(/* @vite-ignore */ SCRIPTS[name]),
  );
}
