import { expect, it } from "vitest";
import { changedTags, checkAnnotations, groupTags, isTag } from "./annotations.js";

it.each(["a", "7", "v2-final", "a".repeat(40)])("%j is a tag", (text) => expect(isTag(text)).toBe(true));
it.each(["", "-a", "A", "ä", "a b", "a_b", "a\n", "a".repeat(41)])("%j is not", (text) =>
  expect(isTag(text)).toBe(false),
);

it("tags are added and removed, ascending and once each; what is there, or is not, is no error", () => {
  expect(changedTags(["b"], ["c", "a", "b", "a"], [])).toEqual(["a", "b", "c"]);
  expect(changedTags(["a", "b"], ["c"], ["b", "x"])).toEqual(["a", "c"]);
});

const tags = Array.from({ length: 20 }, (_, i) => `t${i}`);

it.each<[string, unknown]>([
  ["20 tags", { tags, note: "" }],
  ["a note of 2,000 characters outside the first plane", { tags: [], note: "😀".repeat(2000) }],
])("%s are right", (_, value) => expect(() => checkAnnotations(value, "run 1")).not.toThrow());

it.each<[string, unknown, string]>([
  ["21 tags", { tags: [...tags, "x"], note: "" }, "run 1 has 21 tags: it must have 20 or fewer"],
  ["a wrong tag", { tags: ["a", "B"], note: "" }, "run 1.tags[1] must be 1 to 40 small letters"],
  ["tags that are no list", { tags: "a", note: "" }, "run 1.tags must be an array"],
  ["a long note", { tags: [], note: "a".repeat(2001) }, "run 1.note has 2001 characters: it must have 2000 or fewer"],
  ["an escape", { tags: [], note: "\u001b[2J" }, "run 1.note must be one line without control characters"],
  ["a turned direction", { tags: [], note: "a\u202eb" }, "run 1.note must be one line without control characters"],
  ["no note", { tags: [] }, "run 1.note is missing: it must be a text"],
  ["something else", { tags: [], note: "", tag: "a" }, 'there is no field "tag"'],
  ["no object", null, "run 1 must be an object"],
])("%s: refused in one line", (_, value, says) => {
  expect(() => checkAnnotations(value, "run 1")).toThrow(says);
});

it("a group's tags are counted", () => {
  const records = [{ id: "1" }, { id: "2" }, { id: "3" }];
  const annotations = new Map([
    ["1", { tags: ["b"], note: "" }],
    ["3", { tags: ["a", "b"], note: "" }],
    ["4", { tags: ["c"], note: "" }],
  ]);
  expect([...groupTags({ records }, annotations)]).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
});
