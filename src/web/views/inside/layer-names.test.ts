import { expect, test } from "vitest";
import { layerPlace, ordinal, partInWords, partTitle } from "./layer-names.js";

test("places are counted in words, and from the eleventh on in numbers", () => {
  expect([0, 1, 9, 10, 11, 12, 20, 21, 22, 110].map(ordinal)).toEqual([
    ...["first", "second", "tenth", "11th", "12th", "13th", "21st", "22nd", "23rd", "111th"],
  ]);
});

test("a layer's name says where it is", () => {
  expect(layerPlace("trunk.0")).toBe("first layer of the shared part");
  expect(layerPlace("head.3")).toBe("fourth layer of the head");
  expect(layerPlace("second.1")).toBe("second layer of the part for the second image");
  expect(layerPlace("members.1.0")).toBe("first layer of the second member");
  expect(layerPlace("trunk.4.body.0")).toBe("first layer of the body of the fifth layer of the shared part");
  expect(layerPlace("elsewhere")).toBe("elsewhere");
});

test("a part has a heading", () => {
  expect(partInWords("first")).toBe("the part for the first image");
  expect(partTitle("trunk")).toBe("The shared part: it sees each image alone");
  expect(partTitle("head")).toBe("The head: it sees both images and decides");
  expect(partTitle("first")).toBe("The part for the first image");
});
