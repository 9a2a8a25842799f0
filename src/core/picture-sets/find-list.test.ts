import { describe, expect, test } from "vitest";
import { refusalOf } from "../../../test/support/datasets.js";
import { findList } from "./find-list.js";
import type { FileTree } from "./tree.js";

const treeOf = (files: Readonly<Record<string, string>>): FileTree => ({
  root: "DIR",
  empty: [],
  files: Object.entries(files).map(([path, text]) => ({
    ...{ path, name: `DIR/${path}`, size: text.length },
    read: async () => new TextEncoder().encode(text),
  })),
});

const PICTURES = { "a.png": "", "b.png": "", "cats/1.png": "", "cats/2.png": "", "dogs/1.png": "" };
const listIn = async (files: Readonly<Record<string, string>>): Promise<string | undefined> =>
  (await findList(treeOf({ ...PICTURES, ...files })))?.path;

describe("a list of pairs", () => {
  test.each([
    ["with a header", "pairs.csv", "left,right,same\na.png,b.png,1\ncats/1.png,cats/2.png,0\n"],
    ["without one", "some.txt", "a.png b.png 1\ncats/1.png dogs/1.png 0\n"],
    ["of one pair", "one.tsv", "a.png\tb.png\tsame\n"],
    ["with a row that names a file that is not there", "p.csv", "x,y,l\na.png,b.png,1\na.png,c.png,0\n"],
    ["in the form of LFW's", "pairs.txt", "1\t1\ncats\t1\t2\ncats\t1\tdogs\t1\n"],
  ])("is found %s", async (_, name, text) => {
    expect(await listIn({ [name]: text })).toBe(name);
  });

  test.each([
    ["a list of single images", "labels.csv", "file,label\na.png,1\nb.png,2\n"],
    ["metadata", "metadata.csv", "file_name,label,twin\na.png,1,b.png\nb.png,2,a.png\n"],
    ["a text", "README.txt", "Pictures of cats and dogs.\nSee a.png, for example.\n"],
    ["what is no text", "notes.txt", "\uD800"],
    ["in a folder below", "cats/pairs.csv", "a.png,b.png,1\na.png,b.png,1\n"],
    ["nothing", "empty.csv", ""],
  ])("is not %s", async (_, name, text) => {
    expect(await listIn({ [name]: text })).toBeUndefined();
  });

  test("is one", async () => {
    const two = { "a.csv": "a.png,b.png,1\na.png,b.png,1\n", "b.csv": "a.png,b.png,1\na.png,b.png,1\n" };
    expect(await refusalOf(() => listIn(two))).toBe(
      "DIR/a.csv and DIR/b.csv are both lists of pairs of these pictures: keep one of them",
    );
  });
});
