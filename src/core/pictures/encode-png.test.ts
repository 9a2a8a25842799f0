import { decode as fastPng } from "fast-png";
import { describe, expect, it } from "vitest";
import { codecs, expected, fixture } from "../../../test/support/pictures.js";
import { decodePicture } from "./decode.js";
import { encodePng } from "./encode-png.js";

describe("PNG that is written", () => {
  it.each(Object.keys(expected.files))("%s has the pixels that it had", async (name) => {
    const picture = await decodePicture(fixture(name), name, codecs);
    expect(await decodePicture(await encodePng(picture), "written.png", codecs)).toEqual(picture);
  });

  it("is read by another decoder, its checksums too", async () => {
    for (const name of ["grey.png", "rgb.png", "rgba.png", "grey-alpha.png"]) {
      const picture = await decodePicture(fixture(name), name, codecs);
      const read = fastPng(await encodePng(picture), { checkCrc: true });
      expect([read.width, read.height, read.channels]).toEqual([
        picture.width,
        picture.height,
        picture.channels + (picture.alpha ? 1 : 0),
      ]);
      expect(read.data).toEqual(fastPng(fixture(name)).data);
    }
  });

  it("is refused where pixels lack", async () => {
    const picture = { height: 2, width: 1, channels: 1, pixels: new Uint8Array(1) } as const;
    await expect(encodePng(picture)).rejects.toThrow(/pixels must be a Uint8Array of height × width × channels = 2/);
  });
});
