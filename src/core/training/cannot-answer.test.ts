import { expect, it } from "vitest";
import { smallJob } from "../../../test/support/jobs.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import { cannotAnswer } from "./cannot-answer.js";

const why = (name: string, settings: SettingOverrides) => cannotAnswer(smallJob(name, settings));

it.each<[string, SettingOverrides, RegExp | undefined]>([
  [
    "matching",
    { relation: "less-or-equal" },
    /^gives the same answer when the two images are swapped, and the answer to "is the first less than or equal to the second\?" depends on their order: /,
  ],
  ["matching", { relation: "equal" }, undefined],
  ["matching", { relation: "sum-at-least-10" }, undefined],
  ["ranking", { relation: "less-or-equal" }, undefined],
  [
    "ranking",
    { relation: "sum-at-least-10" },
    /^gives opposite answers when the two images are swapped, and the answer to "is the sum of the two at least 10\?" does not depend on their order: /,
  ],
  [
    "one-by-one",
    { relation: "equal" },
    /^decides by naming the classes of both images, and test pairs are of classes that it never sees: /,
  ],
  ["one-by-one", { relation: "equal", split: "images" }, undefined],
  ["best-learned", { relation: "less", split: "classes" }, undefined],
  ["best", { split: "classes" }, /^decides by naming the classes/],
  ["weight-sharing", { relation: "equal" }, undefined],
  ["mlp", {}, undefined],
])("%s, asked %j", (name, settings, expected) => {
  if (expected) expect(why(name, settings)).toMatch(expected);
  else expect(why(name, settings)).toBeUndefined();
});
