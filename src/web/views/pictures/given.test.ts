import { expect, test } from "vitest";
import { chosenArchive, chosenFolder, droppedPictures, MOST } from "./given.js";

/** A folder's content by names: a folder, or a file. */
interface Content {
  readonly [name: string]: Content | "file" | "unreadable";
}

/** How many entries a reader gives at a time, as Chromium's gives 100. */
const AT_A_TIME = 3;

function entryOf(name: string, content: Content[string]): FileSystemEntry {
  if (typeof content === "string")
    return {
      ...{ name, isFile: true, isDirectory: false },
      file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
        content === "unreadable" ? reject(new Error("NotReadableError")) : resolve(new File([name], name)),
    } as unknown as FileSystemEntry;
  const entries = Object.entries(content).map(([each, below]) => entryOf(each, below));
  return {
    ...{ name, isFile: false, isDirectory: true },
    createReader() {
      let given = 0;
      return {
        readEntries(resolve: (some: readonly FileSystemEntry[]) => void) {
          resolve(entries.slice(given, given + AT_A_TIME));
          given += AT_A_TIME;
        },
      };
    },
  } as unknown as FileSystemEntry;
}

const ignore = () => {};

/** What is given, with the paths of its files. */
const inShort = ({ name, files, empty }: Awaited<ReturnType<typeof droppedPictures>>) => ({
  name,
  paths: files.map(({ path }) => path).sort(),
  empty,
});

const ANIMALS: Content = {
  cats: { "1.png": "file", "2.png": "file", "3.png": "file", "4.png": "file", "5.png": "file", "6.png": "file" },
  dogs: { big: { "7.png": "file" }, ".DS_Store": "file" },
  horses: { ".DS_Store": "file" },
  __MACOSX: { cats: { "._1.png": "file" } },
  "Thumbs.db": "file",
};

const PATHS = [1, 2, 3, 4, 5, 6].map((n) => `cats/${n}.png`).concat("dogs/big/7.png");

test("a dropped folder is walked to its end, without what programs leave behind", async () => {
  const found: number[] = [];
  const given = await droppedPictures([entryOf("animals", ANIMALS)], (so) => found.push(so));
  expect(inShort(given)).toEqual({ name: "animals", paths: PATHS, empty: ["horses"] });
  expect(await given.files[0]?.file.text()).toBe("1.png");
  // Three folders; then what lies in them.
  expect(found).toEqual([3, 9, 10, 11, 11]);
});

test("several folders are taken as if they lay in one", async () => {
  const { cats = {}, dogs = {} } = ANIMALS;
  const both = [entryOf("cats", cats), entryOf("dogs", dogs)];
  expect(inShort(await droppedPictures(both, ignore))).toEqual({ name: "cats and dogs", paths: PATHS, empty: [] });
  const more = ["b", "a", "d", "c"].map((name) => entryOf(name, { "1.png": "file" }));
  expect((await droppedPictures(more, ignore)).name).toBe("a, b and 2 more");
});

test("one archive is one; another file, or nothing, is refused", async () => {
  const given = await droppedPictures([entryOf("flags.ZIP", "file")], ignore);
  expect(inShort(given)).toEqual({ name: "flags.ZIP", paths: ["flags.ZIP"], empty: [] });
  expect(inShort(chosenArchive(new File([], "a.zip")))).toEqual({ name: "a.zip", paths: ["a.zip"], empty: [] });
  await expect(droppedPictures([entryOf("1.png", "file")], ignore)).rejects.toThrow(
    "1.png is one file: drop the folder that it lies in, or a zip file",
  );
  await expect(droppedPictures([], ignore)).rejects.toThrow("What was dropped is no file and no folder");
});

test("what cannot be read is named, and a folder without an end is not walked for ever", async () => {
  const damaged = entryOf("animals", { cats: { "1.png": "unreadable" } });
  await expect(droppedPictures([damaged], ignore)).rejects.toThrow("cats/1.png cannot be read");
  const endless = {
    ...{ name: "endless", isFile: false, isDirectory: true },
    createReader: () => ({
      readEntries: (resolve: (some: readonly unknown[]) => void) =>
        resolve(Array.from({ length: 20_000 }, (_, i) => ({ name: String(i), isFile: true, isDirectory: false }))),
    }),
  } as unknown as FileSystemEntry;
  await expect(droppedPictures([endless], ignore)).rejects.toThrow(
    "endless has more than 100,000 files and folders: give a folder with fewer, or use pairlab serve --data",
  );
  const within = {
    ...{ name: "again", isFile: false, isDirectory: true },
    createReader: () => {
      let isGiven = false;
      return {
        readEntries(resolve: (some: readonly unknown[]) => void) {
          resolve(isGiven ? [] : [within]);
          isGiven = true;
        },
      };
    },
  } as unknown as FileSystemEntry;
  await expect(droppedPictures([within], ignore)).rejects.toThrow("lies more than 64 folders deep");
});

const inFolder = (path: string): File =>
  Object.defineProperty(new File([], path.split("/").at(-1) as string), "webkitRelativePath", { value: path });

test("a chosen folder is the same as a dropped one, but for folders that have no file at all", () => {
  const files = ["cats/1.png", "dogs/big/7.png", "dogs/.DS_Store", "horses/.DS_Store", ".git/config", "a/b/.x"].map(
    (path) => inFolder(`animals/${path}`),
  );
  expect(inShort(chosenFolder(files) as never)).toEqual({
    name: "animals",
    paths: ["cats/1.png", "dogs/big/7.png"],
    empty: ["a/b", "horses"],
  });
  expect(inShort(chosenFolder([inFolder("animals/.DS_Store")]) as never)).toEqual({
    ...{ name: "animals", paths: [], empty: [""] },
  });
  expect(chosenFolder([])).toBeUndefined();
  const many = new Array<File>(MOST + 1).fill(inFolder("animals/1.png"));
  expect(() => chosenFolder(many)).toThrow("animals has more than 100,000 files and folders");
});
