import { expect, test } from "vitest";
import { generalSettings, inGeneralOf, intervalsCaption, intervalWords } from "./general-words.js";

const MNIST = { name: "MNIST" };
const FLAGS = { name: "flags" };
const general = { of: "images", ci95: [0.1, 0.2], imagesSd: 0.01, trainingOverlap: 1 / 30 } as const;

test("digits, images and classes in general", () => {
  expect(inGeneralOf(MNIST, "images")).toBe("digits in general");
  expect(inGeneralOf(FLAGS, "images")).toBe("images in general");
  expect(inGeneralOf(MNIST, "classes")).toBe("classes in general");
  expect(intervalWords(FLAGS, [undefined, general]).columns).toEqual(["These images", "Images in general"]);
  expect(intervalWords(FLAGS, [undefined])).toEqual({ columns: ["95% interval"], of: "images" });
});

test("a caption says what each interval is about, and why there is none", () => {
  expect(intervalsCaption(1, "the mean", MNIST, [general])).toBe("");
  expect(intervalsCaption(3, "the mean", MNIST, [undefined])).toBe(" The 95% interval is that of the mean.");
  expect(intervalsCaption(3, "the mean", FLAGS, [{ ...general, of: "classes" }])).toBe(
    ' 95% intervals are of the mean: "These classes" is about these classes, "Classes in general" also covers the draw of others.',
  );
  expect(intervalsCaption(3, "the mean", MNIST, [{ ...general, ci95: null, trainingOverlap: 1 }])).toBe(
    ' 95% intervals are of the mean: "These images" is about these test images, "Digits in general" also covers the draw of others. There is no second one if all rounds train on the same images.',
  );
});

test("the settings say how far training sets overlap", () => {
  expect(generalSettings([undefined])).toEqual([]);
  expect(generalSettings([general])[0]?.value).toContain("two rounds share 3.3% of their training images");
  expect(generalSettings([general, { ...general, trainingOverlap: 0.5 }])[0]?.value).toContain(
    "share 3.3% to 50.0% of",
  );
});
