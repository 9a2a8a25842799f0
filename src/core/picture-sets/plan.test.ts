import { describe, expect, it } from "vitest";
import type { ImageOptions } from "../data/image-options.js";
import type { Picture } from "../pictures/index.js";
import { deviation, planFor, usualSize } from "./plan.js";

const size = (height: number, width = height) => ({ height, width });
const seen = (height: number, width = height, rest: { isOneSize?: boolean; hasColour?: boolean } = {}) => ({
  ...{ size: size(height, width), isOneSize: true, hasColour: false },
  ...rest,
});

describe("what networks see where nobody says it", () => {
  it.each([
    [28, 28, 14, 14],
    [8, 8, 8, 8],
    [64, 64, 64, 64],
    [32, 48, 32, 48],
    [28, 30, 28, 30],
    [7, 8, 32, 32],
    [65, 64, 32, 32],
    [200, 150, 32, 32],
  ])("of %i×%i is %i×%i", (height, width, ...due) => {
    expect(usualSize(seen(height, width))).toEqual(size(...(due as [number, number])));
  });

  it("of pictures of several sizes is 32×32", () => {
    expect(usualSize(seen(28, 28, { isOneSize: false }))).toEqual(size(32));
  });
});

describe("how pictures are kept", () => {
  const kept = (of: ReturnType<typeof seen>, options: ImageOptions = {}) => {
    const { plan, size: target } = planFor(of, options, [0]);
    return [plan.kind, plan.size.height, plan.size.width, plan.channels, target.height, target.width];
  };

  it("is as they are, where networks see that or the averages of blocks", () => {
    expect(kept(seen(28))).toEqual(["as they are", 28, 28, 1, 14, 14]);
    expect(kept(seen(28), { size: size(28) })).toEqual(["as they are", 28, 28, 1, 28, 28]);
    expect(kept(seen(64), { size: size(32) })).toEqual(["as they are", 64, 64, 1, 32, 32]);
    expect(kept(seen(32, 48))).toEqual(["as they are", 32, 48, 1, 32, 48]);
  });

  it("is prepared, where networks see another size, or sizes differ", () => {
    expect(kept(seen(28), { size: size(10) })).toEqual(["prepared", 10, 10, 1, 10, 10]);
    expect(kept(seen(64), { size: size(32, 64) })).toEqual(["prepared", 32, 64, 1, 32, 64]);
    expect(kept(seen(28, 28, { isOneSize: false }), { size: size(28) })).toEqual(["prepared", 28, 28, 1, 28, 28]);
  });

  it("has colour where pictures have any, or it is asked for", () => {
    expect(kept(seen(20, 20, { hasColour: true }))[3]).toBe(3);
    expect(kept(seen(20, 20, { hasColour: true }), { colour: "grey" })[3]).toBe(1);
    expect(kept(seen(20), { colour: "rgb" })[3]).toBe(3);
  });
});

describe("a picture that a plan is not for", () => {
  const picture = (height: number, channels: 1 | 3): Picture => ({
    ...size(height),
    channels,
    pixels: new Uint8Array(height * height * channels),
  });

  it("has another size, where pictures are kept as they are", () => {
    const { plan } = planFor(seen(28), {}, [0]);
    expect(deviation(picture(28, 1), plan)).toBeUndefined();
    expect(deviation(picture(27, 1), plan)).toBe("size");
    expect(deviation(picture(27, 1), planFor(seen(28), { size: size(10) }, [0]).plan)).toBeUndefined();
  });

  it("has colour, where none was seen before and nobody said what to do", () => {
    expect(deviation(picture(28, 3), planFor(seen(28), {}, [0]).plan)).toBe("colour");
    expect(deviation(picture(28, 3), planFor(seen(28), { colour: "grey" }, [0]).plan)).toBeUndefined();
    expect(deviation(picture(28, 1), planFor(seen(28, 28, { hasColour: true }), {}, [0, 0, 0]).plan)).toBeUndefined();
  });
});
