import { InvalidRequest } from "../errors.js";
import { FORMATS } from "./picture.js";

type PictureKind = "PNG" | "JPEG" | "WebP" | "PNM";

/** A start of a file: numbers are bytes, a text its characters, at an offset. */
type Start = readonly [offset: number, text: string];

const READ: readonly (readonly [PictureKind, ...Start[]])[] = [
  ["PNG", [0, "\x89PNG\r\n\x1a\n"]],
  ["JPEG", [0, "\xff\xd8\xff"]],
  ["WebP", [0, "RIFF"], [8, "WEBP"]],
];

/** What people take for an image of theirs, with its article. */
const REFUSED: readonly (readonly [string, ...Start[]])[] = [
  ["a GIF image", [0, "GIF8"]],
  ["a BMP image", [0, "BM"]],
  ["a TIFF image", [0, "II*\0"]],
  ["a TIFF image", [0, "MM\0*"]],
  ["a TIFF image", [0, "II+\0"]],
  ["a TIFF image", [0, "MM\0+"]],
  ["an AVIF image", [4, "ftypavif"]],
  ["an AVIF image", [4, "ftypavis"]],
  ...["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].map(
    (brand) => ["a HEIC image", [4, `ftyp${brand}`]] as const,
  ),
  ["a JPEG XL image", [0, "\xff\x0a"]],
  ["a JPEG XL image", [4, "JXL \r\n\x87\n"]],
  ["a JPEG 2000 image", [4, "jP  \r\n\x87\n"]],
  ["a JPEG 2000 image", [0, "\xff\x4f\xff\x51"]],
  ["an icon", [0, "\0\0\x01\0"]],
  ["a Photoshop image", [0, "8BPS"]],
  ["an MNG or JNG image", [1, "NG\r\n\x1a\n"]],
  ["a PDF document", [0, "%PDF-"]],
  ["a zip file", [0, "PK\x03\x04"]],
  ["a gzip file", [0, "\x1f\x8b"]],
  ["a Git LFS pointer, not the image itself", [0, "version https://git-lfs"]],
  ["a film", [4, "ftyp"]],
];

const isAt = (bytes: Uint8Array, [offset, text]: Start): boolean =>
  bytes.length >= offset + text.length && [...text].every((char, i) => bytes[offset + i] === char.charCodeAt(0));

/**
 * What a file's first bytes say that it is; its name says nothing.
 *
 * @throws InvalidRequest which names the kind of one that is not read
 */
export function kindOf(bytes: Uint8Array, name: string): PictureKind {
  if (bytes.length === 0) throw new InvalidRequest(`${name} is empty: it must be a ${FORMATS} image`);
  for (const [kind, ...starts] of READ) if (starts.every((start) => isAt(bytes, start))) return kind;
  const second = bytes[1] as number;
  if (bytes[0] === CAPITAL_P && isSpace(bytes[2])) {
    if (PNM.includes(second)) return "PNM";
    for (const [digit, kind] of OTHER_PNM) if (second === digit) refuseKind(name, kind);
  }
  for (const [kind, ...starts] of REFUSED) if (starts.every((start) => isAt(bytes, start))) refuseKind(name, kind);
  refuseKind(name, markup(bytes) ?? "no image of a kind that is known");
}

function refuseKind(name: string, kind: string): never {
  throw new InvalidRequest(`${name} is ${kind}: it must be ${FORMATS}`);
}

const CAPITAL_P = 0x50;
/** The digits 2, 3, 5 and 6. */
const PNM: readonly number[] = [0x32, 0x33, 0x35, 0x36];
const OTHER_PNM = [
  [0x31, "a PBM image"],
  [0x34, "a PBM image"],
  [0x37, "a PAM image"],
] as const;

/** White space of PGM and PPM, or where a comment begins. */
const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x23 || (byte !== undefined && byte >= 9 && byte <= 13);

/** SVG and HTML have no first bytes of their own. */
function markup(bytes: Uint8Array): string | undefined {
  let text = "";
  for (const byte of bytes.subarray(0, 1024)) text += String.fromCharCode(byte);
  if (!/^(\xef\xbb\xbf)?\s*</.test(text)) return undefined;
  if (/<svg[\s>]/i.test(text)) return "an SVG image";
  if (/<(!doctype html|html|head|body)[\s>]/i.test(text)) return "an HTML page";
  return "an XML document";
}
