import { partly, refuse, tagged, text } from "../checks.js";
import type { PictureCodecs } from "./codecs.js";
import { decodeJpeg } from "./jpeg.js";
import { kindOf } from "./kind.js";
import type { Picture } from "./picture.js";
import { decodePng } from "./png.js";
import { decodePnm } from "./pnm.js";
import { decodeWebp } from "./webp.js";

const checkBytes = tagged("Uint8Array", "the bytes of an image, a Uint8Array");
const checkCodecs = partly({ jpeg: hasDecode, webp: hasDecode });

/**
 * Decodes a PNG, JPEG, WebP, PGM or PPM image to the same bits in every runtime. Its content says which it is, not its name. Its size is
 * read from its header first: at most 16,384 pixels a side and 64 million pixels are decoded. EXIF orientation is applied; colour profiles
 * are not.
 *
 * @param name    what to call the file when something is wrong with it
 * @param codecs  `pictureCodecs()` of pairlab/node, or `makePictureCodecs` elsewhere
 * @throws InvalidRequest which begins with the name, where the file is damaged or no such image
 */
export async function decodePicture(bytes: Uint8Array, name: string, codecs: PictureCodecs): Promise<Picture> {
  text(name, "the name of the image");
  checkBytes(bytes, name);
  checkCodecs(codecs, "the codecs");
  const kind = kindOf(bytes, name);
  if (kind === "PNG") return decodePng(bytes, name);
  if (kind === "JPEG") return decodeJpeg(bytes, name, codecs.jpeg);
  if (kind === "WebP") return decodeWebp(bytes, name, codecs.webp);
  return decodePnm(bytes, name);
}

function hasDecode(value: unknown, what: string): void {
  if (typeof (value as { decode?: unknown } | undefined)?.decode !== "function")
    refuse(what, "a decoder, as makePictureCodecs gives", value);
}
