import type { ListedPairs } from "../data/drawing.js";
import type { ImageOptions } from "../data/image-options.js";
import { newSha256 } from "../digest.js";
import { InvalidRequest } from "../errors.js";
import { Stream } from "../random/streams.js";
import type { DecodingProgress } from "./decode.js";
import { type FoundImage, fileOf, namesFile } from "./layout.js";
import { isLfw, lfwPairs, requireCountRow } from "./lfw.js";
import { type PictureSet, type PictureTools, pictureSet } from "./load.js";
import { type PairListOptions, pairList } from "./pair-list.js";
import { listText, unevenRowsOf } from "./rows.js";
import { type Split, splitOf } from "./splits.js";
import { bytesOf, type FileTree, type TreeFile } from "./tree.js";

/** A data set whose pairs are given with their answers. */
export interface ListSet extends PictureSet {
  /** Pairs that are in no part, for their two images are in two. */
  readonly dropped: number;
}

/** A list of pairs, and the files among which it names pictures. */
export interface GivenList<File extends TreeFile> {
  readonly list: Pick<TreeFile, "name" | "size" | "read">;
  readonly tree: FileTree<File>;
}

/**
 * The data set of a list of pairs, with the pictures that it names. A pair's images are in no pair of another part: training, validation or test.
 *
 * @param name  of the data set
 * @param lists  what was asked of the list, all of which the data set's identity keeps
 * @throws InvalidRequest naming the row where something is wrong
 */
export async function listSet<File extends TreeFile>(
  name: string,
  { list, tree }: GivenList<File>,
  lists: PairListOptions,
  asked: ImageOptions,
  tools: PictureTools<File>,
  onProgress: DecodingProgress,
): Promise<ListSet> {
  const path = list.name;
  if (asked.order)
    throw new InvalidRequest(`${path} is a list of pairs, which says its own answers: leave --order out`);
  const byPath = new Map(tree.files.map((file) => [file.path, file]));
  const text = listText(path, await bytesOf({ ...list, path }));
  const rows = await unevenRowsOf(path, text);
  const isFile = (cell: string) => namesFile(cell, byPath);
  if (!isLfw(rows)) requireCountRow(rows, isFile);
  const pairs = isLfw(rows) ? lfwPairs(rows, (name) => byPath.has(name)) : await pairList(list, isFile, lists);
  const placed = pairs.map((pair) => ({
    ...pair,
    files: [fileOf(pair.at, pair.first, "", byPath), fileOf(pair.at, pair.second, "", byPath)] as const,
  }));
  for (const { at, files } of placed)
    if (files[0] === files[1]) throw new InvalidRequest(`${at} names one picture twice: a pair is of two`);
  const files = [...new Set(placed.flatMap((pair) => pair.files))];
  const images = files.map(
    (file): FoundImage<File> => ({ file, label: asked.classes ? labelOf(file, asked.classes) : "" }),
  );
  const layout = { kind: "a list of pairs", images, passedOver: 0 } as const;
  const dataset = await pictureSet(name, { root: tree.root, files, empty: [] }, layout, asked, tools, onProgress);
  const numbers = new Map(files.map((file, number) => [file, number]));
  const all = placed.map(
    ({ at, answer, split, files: [first, second] }): NumberedPair => ({
      at,
      images: [numbers.get(first) as number, numbers.get(second) as number],
      target: Number(answer),
      ...(split !== undefined && { split: namedSplit(at, split) }),
    }),
  );
  const winner = pairs.some(({ winner }) => winner);
  const numbered = eachOnce(all, winner === true);
  requireBoth(path, numbered);
  const { listed, dropped } = partsOf(path, numbered, files.length);
  const { unsplit: _, ...sets } = dataset;
  const share = numbered.reduce((sum, { target }) => sum + target, 0) / numbered.length;
  return {
    ...sets,
    identity: {
      ...dataset.identity,
      name,
      ...askedWith(dataset.identity.asked, lists),
      sha256: listDigest(dataset.identity.sha256, numbered),
      listed: { relation: winner ? "listed-winner" : "listed-match", share },
    },
    listed,
    dropped,
  };
}

/** What was asked of the pictures, and of the list. */
function askedWith(pictures: ImageOptions | undefined, lists: PairListOptions): { readonly asked?: ImageOptions } {
  const given = Object.entries({ ...pictures, ...lists }).filter(([, value]) => value !== undefined);
  return given.length > 0 ? { asked: Object.fromEntries(given) } : {};
}

interface NumberedPair {
  readonly at: string;
  readonly images: readonly [number, number];
  readonly target: number;
  readonly split?: Split;
}

const labelOf = ({ path }: TreeFile, classes: "first" | "innermost"): string => {
  const parts = path.split("/").slice(0, -1);
  return (classes === "innermost" ? parts.join("/") : parts[0]) ?? "";
};

function namedSplit(at: string, name: string): Split {
  const split = splitOf(name);
  if (!split) throw new InvalidRequest(`${at}: split must be train, validation or test, not "${name}"`);
  return split;
}

/**
 * The pairs without those that were there before, either way round. @throws InvalidRequest where two rows say different answers of
 * one pair
 */
function eachOnce(pairs: readonly NumberedPair[], winner: boolean): NumberedPair[] {
  const known = new Map<string, NumberedPair>();
  return pairs.filter((pair) => {
    const [first, second] = pair.images;
    const isTurned = first > second;
    const key = isTurned ? `${second} ${first}` : `${first} ${second}`;
    const other = known.get(key);
    if (!other) {
      known.set(key, pair);
      return true;
    }
    const wasTurned = other.images[0] > other.images[1];
    const same = winner && isTurned !== wasTurned ? other.target !== pair.target : other.target === pair.target;
    if (!same)
      throw new InvalidRequest(`${pair.at} and ${other.at} say different answers of one pair: keep one of them`);
    return false;
  });
}

function requireBoth(path: string, pairs: readonly NumberedPair[]): void {
  const [first] = pairs;
  if (first && pairs.every(({ target }) => target === first.target))
    throw new InvalidRequest(
      `${path}: ${pairs.length === 1 ? "the only pair has" : `all ${pairs.length} pairs have`} the answer ${first.target === 1 ? "yes" : "no"}: there is nothing to learn`,
    );
}

/** The same images in the same pairs with the same answers are the same data set. */
function listDigest(images: string, pairs: readonly NumberedPair[]): string {
  const rows = pairs.map(({ images, target, split }) => `${images.join(" ")} ${target} ${split ?? ""}\n`);
  return newSha256().update(`pairlab pairs 1\n${images}\n`).update(rows.join("")).hex();
}

type Part = "training" | "validation" | "test";
const PARTS: Readonly<Record<Split, Part>> = { train: "training", validation: "validation", test: "test" };
/** One in so many groups is for test pairs, and one in as many for validation pairs. */
const PART = 5;
/** Where more than this part of the pairs hang together by their images, images are dealt out in place of groups of pairs. */
const TOGETHER = 0.5;

/** Deals out pairs to training, validation and test pairs, no image in two of them. */
function partsOf(
  path: string,
  pairs: readonly NumberedPair[],
  images: number,
): { readonly listed: Readonly<Record<Part, ListedPairs>>; readonly dropped: number } {
  const given = pairs.some(({ split }) => split !== undefined);
  const partOf = given ? givenPart(pairs) : dealtPart(pairs, images);
  const byPart = { training: [] as NumberedPair[], validation: [] as NumberedPair[], test: [] as NumberedPair[] };
  let dropped = 0;
  for (const pair of pairs) {
    const part = partOf(pair);
    if (part) byPart[part].push(pair);
    else dropped++;
  }
  if (given && byPart.validation.length === 0) dropped += shareOut(byPart, images);
  for (const part of ["training", "test"] as const)
    if (byPart[part].length === 0)
      throw new InvalidRequest(
        `${path} leaves no ${part} pairs whose images are in no other part: give more pairs, or a column split`,
      );
  const listOf = (some: readonly NumberedPair[]): ListedPairs => ({
    images: Uint32Array.from(some.flatMap((pair) => pair.images)),
    targets: Uint8Array.from(some, ({ target }) => target),
  });
  return {
    listed: { training: listOf(byPart.training), validation: listOf(byPart.validation), test: listOf(byPart.test) },
    dropped,
  };
}

/** The parts that a list says. @throws InvalidRequest where an image is in two */
function givenPart(pairs: readonly NumberedPair[]): (pair: NumberedPair) => Part {
  const without = pairs.find(({ split }) => split === undefined);
  if (without)
    throw new InvalidRequest(`${without.at} is in no split, but others are: give each pair a split, or none`);
  const parts = new Map<number, NumberedPair>();
  for (const pair of pairs)
    for (const image of pair.images) {
      const other = parts.get(image);
      if (other && other.split !== pair.split)
        throw new InvalidRequest(
          `${pair.at} has a picture in ${pair.split} that ${other.at} has in ${other.split}: a picture must be in one split`,
        );
      parts.set(image, pair);
    }
  return ({ split }) => PARTS[split as Split];
}

/** Where a list says which pairs are for training and for tests only, a fifth of the training pairs is for validation pairs. */
function shareOut(byPart: Record<Part, NumberedPair[]>, images: number): number {
  const { training } = byPart;
  const partOf = dealtPart(training, images, ["validation"]);
  byPart.training = training.filter((pair) => partOf(pair) === "training");
  byPart.validation = training.filter((pair) => partOf(pair) === "validation");
  return training.length - byPart.training.length - byPart.validation.length;
}

/** Deals out groups of pairs that share images; or images, where one group is too large. Undefined for a pair whose images are apart. */
function dealtPart(
  pairs: readonly NumberedPair[],
  images: number,
  held: readonly Part[] = ["test", "validation"],
): (pair: NumberedPair) => Part | undefined {
  const groups = groupsOf(pairs, images);
  const sizes = new Map<number, number>();
  for (const pair of pairs) {
    const group = groups[pair.images[0]] as number;
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const largest = [...sizes.values()].reduce((most, size) => Math.max(most, size), 0);
  const together = largest > TOGETHER * pairs.length;
  const of = (image: number): number => (together ? image : (groups[image] as number));
  const all = [...new Set(pairs.flatMap((pair) => pair.images.map(of)))];
  const order = new Stream(0, "image split").sample(all.length, all.length);
  const parts = new Map<number, Part>();
  order.forEach((place, i) => {
    parts.set(all[place] as number, held[Math.floor((i / all.length) * PART)] ?? "training");
  });
  return ({ images: [first, second] }) => {
    const [one, other] = [parts.get(of(first)), parts.get(of(second))];
    return one === other ? one : undefined;
  };
}

/** For each image the smallest number of an image that it hangs together with, by pairs. */
function groupsOf(pairs: readonly NumberedPair[], images: number): Uint32Array {
  const parents = Uint32Array.from({ length: images }, (_, image) => image);
  const root = (image: number): number => {
    let at = image;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number;
      at = parents[at] as number;
    }
    return at;
  };
  for (const {
    images: [first, second],
  } of pairs) {
    const [one, other] = [root(first), root(second)];
    parents[Math.max(one, other)] = Math.min(one, other);
  }
  return parents.map((_, image) => root(image));
}
