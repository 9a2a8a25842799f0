import type { decodePicture } from "../../src/core/pictures/decode.js";
import type { encodePng } from "../../src/core/pictures/encode-png.js";
import type { PictureCodecs } from "../../src/core/pictures/index.js";
import type { preparePicture } from "../../src/core/pictures/prepare.js";

/** What decodes, wherever it runs. */
export interface Library {
  readonly decodePicture: typeof decodePicture;
  readonly preparePicture: typeof preparePicture;
  readonly encodePng: typeof encodePng;
  readonly codecs: PictureCodecs;
}

export interface PictureReport {
  readonly name: string;
  /** Height, width, channels, or why it is refused. */
  readonly says: string;
  /** SHA-256 of its pixels, its alpha, what networks see of it, and of a PNG that is written of it. */
  readonly sha256: readonly string[];
}

/** Decodes each file, whole and cut, and prepares it. */
export async function picturesReport(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  { decodePicture, preparePicture, encodePng, codecs }: Library,
): Promise<PictureReport[]> {
  const reports: PictureReport[] = [];
  for (const { name, bytes } of files)
    for (const [what, part] of [
      [name, bytes],
      [`half of ${name}`, bytes.slice(0, bytes.length >> 1)],
    ] as const)
      try {
        const picture = await decodePicture(part, what, codecs);
        const { height, width, channels, pixels, alpha } = picture;
        const target = {
          height: 28,
          width: 20,
          channels,
          fit: "pad",
          background: [200, 100, 0].slice(0, channels),
        } as const;
        const seen = preparePicture(picture, target);
        const written = await encodePng(picture);
        const parts = [pixels, alpha ?? new Uint8Array(), new Uint8Array(seen.buffer), written];
        reports.push({
          name: what,
          says: `${height}×${width}×${channels}`,
          sha256: await Promise.all(parts.map(sha256)),
        });
      } catch (error) {
        reports.push({ name: what, says: String(error), sha256: [] });
      }
  return reports;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
