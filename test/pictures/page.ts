import { decodePicture } from "../../src/core/pictures/decode.js";
import { encodePng } from "../../src/core/pictures/encode-png.js";
import { preparePicture } from "../../src/core/pictures/prepare.js";
import { pictureCodecs } from "../../src/web/pictures/codecs.js";
import { picturesReport } from "./report.js";

declare global {
  var decodeAll: (names: readonly string[]) => Promise<string>;
}

/** Decodes the files of these names in this page, and says of each what became of it. */
globalThis.decodeAll = async (names) => {
  const library = { decodePicture, preparePicture, encodePng, codecs: pictureCodecs() };
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await load(`files/${name}`) })));
  return JSON.stringify(await picturesReport(files, library));
};

async function load(file: string): Promise<Uint8Array> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
