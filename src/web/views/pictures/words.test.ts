import { expect, test } from "vitest";
import type { OwnAbout } from "../../images/given-pictures.js";
import { classesInWords, testedOn, tooFew, understood } from "./words.js";

const FLAGS: OwnAbout = {
  ...{ name: "flags", sha256: "ab".repeat(32), layout: "folders of classes", passedOver: 0 },
  size: { height: 32, width: 32 },
  channels: 3,
  classes: Array.from({ length: 12 }, (_, i) => ({ name: `c${i}`, images: 20 })),
  hasOrder: false,
  splits: [{ name: "all", count: 240 }],
  options: [],
};

test("how many pictures there are, and what networks see of them", () => {
  expect(understood(FLAGS)).toEqual(["240 pictures in 12 classes. Networks see them as 32×32, in colour."]);
  expect(understood({ ...FLAGS, channels: 1, fit: "pad", size: { height: 16, width: 24 }, passedOver: 1 })).toEqual([
    "240 pictures in 12 classes. Networks see them as 16×24, in grey; those of another shape are padded.",
    "1 file is no picture, and is passed over.",
  ]);
});

test("splits, and the pairs of a list", () => {
  const splits = [
    { name: "train", count: 200 },
    { name: "test", count: 40 },
  ] as const;
  expect(understood({ ...FLAGS, splits, layout: "metadata", passedOver: 3 }).slice(1)).toEqual([
    "A metadata file names them and their classes.",
    "They are split already: 200 to learn from and 40 to be tested on.",
    "3 files are not named there, and are passed over.",
  ]);
  const listed = { relation: "listed-match", pairs: { training: 72, validation: 24, test: 24 }, dropped: 0 } as const;
  const list: OwnAbout = { ...FLAGS, layout: "a list of pairs", classes: [], listed };
  expect(understood(list)).toEqual([
    "240 pictures in a list of 120 pairs. Networks see them as 32×32, in colour.",
    "Of the pairs there are 72 to learn from, 24 to choose thresholds by and 24 to be tested on. No picture is in two of these parts.",
  ]);
  expect(understood({ ...list, listed: { ...listed, dropped: 1 } })[1]).toMatch(/, so 1 pair is left out\.$/);
});

test("of many classes the first are named", () => {
  expect(
    classesInWords({
      classes: [
        { name: "cats", images: 1200 },
        { name: "dogs", images: 80 },
      ],
    }),
  ).toBe("cats 1,200, dogs 80");
  const many = Array.from({ length: 20 }, (_, i) => ({ name: `c${i}`, images: 2 }));
  expect(classesInWords({ classes: many })).toMatch(/^c0 2, .*, c11 2, and 8 more$/);
});

test("what is needed follows from how pairs are held out", () => {
  expect(tooFew(FLAGS)).toBe(
    "These pictures are too few. Of them some classes are kept for the test: give each class two at least, better ten.",
  );
  expect(tooFew({ classes: FLAGS.classes.slice(0, 4) })).toMatch(/ a fifth of each class is kept for the test: /);
  const listed = { relation: "listed-match", pairs: { training: 1, validation: 0, test: 0 }, dropped: 0 } as const;
  expect(tooFew({ ...FLAGS, listed })).toMatch(/^The list has too few pairs: /);
});

test("of how many pairs the test errors are, and that few say little", () => {
  expect(testedOn({ testPairs: 1000, split: "classes" })).toBe(
    "and the bars say how often they are wrong about 1,000 others, of classes that they have not seen.",
  );
  expect(testedOn({ testPairs: 1 }, 0.5)).toBe(
    "and the bars say how often they are wrong about 1 other. Always the same answer would be wrong about 50.0% of those. So few say little: with more pictures there are more.",
  );
});
