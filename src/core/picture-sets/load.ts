import type { ImageOptions, Size } from "../data/image-options.js";
import type { ClassNumbers, LabelledImages } from "../data/images.js";
import type { ImageSets } from "../data/pools.js";
import { InvalidRequest } from "../errors.js";
import { parseNumber } from "../formats/numbers.js";
import { inShort } from "../given.js";
import { CLASSES } from "../limits.js";
import { BorderHistogram, decodePicture, type PictureCodecs } from "../pictures/index.js";
import type { DatasetIdentity, DatasetMeaning } from "../training/job.js";
import type { DecodedAll, DecodingProgress, Numbers } from "./decode.js";
import { contentDigest } from "./digest.js";
import { officialIdentity } from "./idx-identity.js";
import type { FoundImage, Layout } from "./layout.js";
import { MNIST } from "./own-name.js";
import { type Plan, planFor, type Seen } from "./plan.js";
import type { Split } from "./splits.js";
import { bytesOf, type FileTree, type TreeFile } from "./tree.js";

/** What a data set of pictures was understood to be. */
export interface PicturesAbout {
  readonly layout: Layout["kind"];
  readonly passedOver: number;
  /** In the order of their numbers. */
  readonly classes: readonly string[];
  /** What the classes stand for, where their names are numbers or their order was given. */
  readonly values?: readonly number[];
  /** Of what networks see. */
  readonly size: Size;
  readonly kept: Pick<Plan, "kind" | "size" | "channels">;
  readonly fit?: Plan["fit"];
  readonly background: readonly number[];
  readonly splits: readonly { readonly name: Split | "all"; readonly count: number }[];
  readonly sha256: string;
  readonly official: boolean;
}

/** Images with a name that says which they are, and with how pictures became them. */
export interface PictureSet extends ImageSets {
  readonly identity: DatasetIdentity & DatasetMeaning;
  readonly about: PicturesAbout;
  /** The pictures' files by their paths in the data set, in the order of the images: those of each split. */
  readonly files: Readonly<Partial<Record<Split | "all", readonly string[]>>>;
}

/** What reading pictures takes, wherever they are read. */
export interface PictureTools<File extends TreeFile> {
  readonly codecs: PictureCodecs;
  /** Memory for so many bytes, filled with zeros. */
  memory(bytes: number): ArrayBufferLike;
  /** @throws InvalidRequest naming the first picture that cannot be read */
  decodeAll(files: readonly File[], plan: Plan, onProgress: DecodingProgress): Promise<DecodedAll>;
  /** What the same files were decoded to before, where that is known. */
  readonly kept?: {
    read(tree: FileTree<File>, options: ImageOptions, kind: string): Promise<Decoded | undefined>;
    keep(tree: FileTree<File>, options: ImageOptions, kind: string, decoded: Decoded): Promise<void>;
  };
}

/** A data set as it is kept: what it is, its pixels and its labels. */
export interface Decoded {
  readonly about: PicturesAbout;
  readonly arrays: readonly Numbers[];
}

/**
 * A data set of the files that a layout has found. Without classes if they are of a list of pairs that names none.
 *
 * @param name  of the data set, unless it is MNIST
 * @throws InvalidRequest naming the file or the row where something is wrong
 */
export async function pictureSet<File extends TreeFile>(
  name: string,
  tree: FileTree<File>,
  layout: Layout<File>,
  asked: ImageOptions,
  tools: PictureTools<File>,
  onProgress: DecodingProgress,
): Promise<PictureSet> {
  const images = bySplit(tree, layout.images);
  const kept = await tools.kept?.read(tree, asked, layout.kind);
  if (kept) return setOf(name, asked, kept, images);
  const decoded = await decode(tree, layout, images, asked, tools, onProgress);
  await tools.kept?.keep(tree, asked, layout.kind, decoded);
  return setOf(name, asked, decoded, images);
}

type Images<File extends TreeFile = TreeFile> = ReadonlyMap<Split | "all", readonly FoundImage<File>[]>;

/** Images by their split, those for training first. @throws InvalidRequest where some have none, or there are none to train on */
function bySplit<File extends TreeFile>({ root }: FileTree<File>, images: readonly FoundImage<File>[]): Images<File> {
  const named = images.filter(({ split }) => split !== undefined);
  if (named.length === 0) return new Map([["all", images]]);
  const without = images.find(({ split }) => split === undefined);
  if (without)
    throw new InvalidRequest(`${without.file.name} is in no split, but others are: give each image a split, or none`);
  const of = (split: Split) => images.filter((each) => each.split === split);
  const [train, validation, test] = [of("train"), of("validation"), of("test")];
  for (const [name, part] of [
    ["training", train],
    ["test", test],
  ] as const)
    if (part.length === 0)
      throw new InvalidRequest(
        `${root} has splits, but no ${name} images: have folders train and test, or no folders of splits at all`,
      );
  return new Map<Split, readonly FoundImage<File>[]>([
    ["train", train],
    ["test", test],
    ...(validation.length > 0 ? [["validation", validation] as const] : []),
  ]);
}

/** The names of classes in the order of their numbers, and what they stand for. */
function classesOf(
  { root }: FileTree,
  images: readonly FoundImage[],
  order: readonly string[] | undefined,
): { readonly classes: readonly string[]; readonly values?: readonly number[] } {
  const names = [...new Set(images.map(({ label }) => label))];
  if (names.length < 2)
    throw new InvalidRequest(
      `${root} has one class, ${inShort(names[0] as string)}: pairs are of images of two classes or more`,
    );
  if (names.length > CLASSES.most)
    throw new InvalidRequest(`${root} has ${names.length} classes: at most ${CLASSES.most} are read`);
  if (order) {
    const missing = names.find((name) => !order.includes(name));
    if (missing !== undefined)
      throw new InvalidRequest(
        `--order has no ${inShort(missing)}: name all ${names.length} classes, ${inShort(names.sort().join(","))}`,
      );
    const stray = order.find((name, i) => !names.includes(name) || order.indexOf(name) !== i);
    if (stray !== undefined)
      throw new InvalidRequest(
        `--order: there is no class ${inShort(stray)}, or it is named twice: the classes are ${inShort(names.sort().join(","))}`,
      );
    return { classes: order, values: order.map((_, rank) => rank) };
  }
  const numbered = names.map((name) => ({ name, value: parseNumber(name) }));
  const values = new Set(numbered.map(({ value }) => value));
  if (values.has(undefined) || values.size < names.length) return { classes: names.sort() };
  const sorted = numbered.toSorted((one, other) => (one.value as number) - (other.value as number));
  return { classes: sorted.map(({ name }) => name), values: sorted.map(({ value }) => value as number) };
}

/** What the names of classes stand for, where all are numbers. */
function valuesOf(names: readonly string[]): { readonly values?: readonly number[] } {
  const values = names.flatMap((name) => parseNumber(name) ?? []);
  return values.length === names.length ? { values } : {};
}

/** Pictures that are looked at before all are decoded: enough for the background, few enough where they are large. */
const LOOKED_AT = 64;

async function decode<File extends TreeFile>(
  tree: FileTree<File>,
  layout: Layout<File>,
  images: Images<File>,
  options: ImageOptions,
  { codecs, memory, decodeAll }: PictureTools<File>,
  onProgress: DecodingProgress,
): Promise<Decoded> {
  const all = [...images.values()].flat();
  const { classes, values } = options.allClasses
    ? { classes: options.allClasses, ...valuesOf(options.allClasses) }
    : all.every(({ label }) => label === "")
      ? { classes: [] }
      : classesOf(tree, all, options.order);
  const numberOf = new Map(classes.map((name, number) => [name, number]));
  const training = images.get("train") ?? images.get("all") ?? [];
  const looked = await lookAt(training, codecs);
  let seen: Seen = looked;
  for (;;) {
    const background =
      options.background ?? looked.borders[options.colour ?? (seen.hasColour ? "rgb" : "grey")].background();
    const { plan, size } = planFor(seen, options, background);
    const decoded = await decodeAll(
      all.map(({ file }) => file),
      plan,
      onProgress,
    );
    if ("deviation" in decoded) {
      seen = { ...seen, ...(decoded.deviation === "size" ? { isOneSize: false } : { hasColour: true }) };
      continue;
    }
    requireVaried(tree, decoded);
    const labels = classes.length > 256 ? new Uint16Array(memory(2 * all.length)) : new Uint8Array(memory(all.length));
    all.forEach(({ label }, i) => {
      labels[i] = numberOf.get(label) ?? 0;
    });
    const splits = [...images].map(([name, { length }]) => ({ name, count: length }));
    const { kind, channels, fit } = plan;
    const common = {
      ...{ layout: layout.kind, passedOver: layout.passedOver, classes, ...(values && { values }) },
      ...{ size, kept: { kind, size: plan.size, channels }, ...(fit && { fit }), background, splits },
    };
    const identity = identityOf(common, decoded, labels);
    return { about: { ...common, ...identity }, arrays: [decoded, labels] };
  }
}

/** Some pictures, evenly spread over all: what they are like, for a first guess of how all are kept. */
async function lookAt(
  images: readonly FoundImage[],
  codecs: PictureCodecs,
): Promise<Seen & { readonly borders: Borders }> {
  const count = Math.min(images.length, LOOKED_AT);
  const borders = { grey: new BorderHistogram(1), rgb: new BorderHistogram(3) };
  let seen: Seen | undefined;
  let refused: unknown;
  for (let i = 0; i < count; i++) {
    const { file } = images[Math.floor((i * images.length) / count)] as FoundImage;
    try {
      const picture = await decodePicture(await bytesOf(file), file.name, codecs);
      const { height, width, channels } = picture;
      borders.grey.add(picture);
      borders.rgb.add(picture);
      const size = seen?.size ?? { height, width };
      seen = {
        size,
        isOneSize: seen?.isOneSize !== false && height === size.height && width === size.width,
        hasColour: seen?.hasColour === true || channels === 3,
      };
    } catch (error) {
      // The first file that cannot be read is named once all are decoded.
      if (!(error instanceof InvalidRequest)) throw error;
      refused ??= error;
    }
  }
  if (!seen) throw refused;
  return { ...seen, borders };
}

type Borders = Readonly<Record<"grey" | "rgb", BorderHistogram>>;

function requireVaried({ root }: FileTree, pixels: Numbers): void {
  const [first = 0] = pixels;
  if (pixels.every((pixel: number) => pixel === first))
    throw new InvalidRequest(
      `${root}: every pixel is ${pixels.BYTES_PER_ELEMENT === 2 ? first / 256 : first}: there is nothing to learn from`,
    );
}

/**
 * What a data set is: its pixels as they are kept, and its classes, in their order. Grey pictures that IDX files could hold are what
 * those files would be: MNIST as PNG is MNIST.
 */
function identityOf(
  about: Omit<PicturesAbout, "sha256" | "official">,
  pixels: Numbers,
  labels: ClassNumbers,
): Pick<PicturesAbout, "sha256" | "official"> {
  const { kept, size, splits, classes, values, background } = about;
  const asIdx =
    kept.kind === "as they are" &&
    kept.channels === 1 &&
    kept.size.height === 2 * size.height &&
    background.every((value) => value === 0) &&
    splits.map(({ name }) => name).join() === "train,test" &&
    values?.every((value) => Number.isInteger(value) && value >= 0 && value <= 255);
  if (asIdx && values) {
    const { height, width } = kept.size;
    const named = Uint8Array.from(labels, (label: number) => values[label] as number);
    return officialIdentity({ height, width, pixels: pixels as Uint8Array, labels: named }, splits[0]?.count ?? 0);
  }
  const head = {
    ...size,
    channels: kept.channels,
    background,
    classes: classes.length,
    ...(values && { values }),
    splits,
  };
  return { sha256: contentDigest(head, [pixels], [labels]), official: false };
}

/** A data set of what was decoded, or had been kept. */
function setOf(name: string, asked: ImageOptions, { about, arrays }: Decoded, images: Images): PictureSet {
  const [pixels, labels] = arrays;
  if (!pixels || !labels) throw new Error("pixels and labels are kept");
  const { classes, values, size, kept, background, fit, splits, sha256, official } = about;
  const each = kept.channels * kept.size.height * kept.size.width;
  const pooling = kept.size.height === size.height ? 1 : 2;
  let start = 0;
  const parts = new Map<string, LabelledImages>();
  for (const { name: split, count } of splits) {
    const shape = { count, ...kept.size, channels: kept.channels, classes: classes.length, pooling } as const;
    parts.set(split, {
      ...shape,
      pixels: pixels.subarray(start * each, (start + count) * each),
      labels: labels.subarray(start, start + count),
      ...(background.some(Boolean) && { background }),
    });
    start += count;
  }
  const [all, train, test, validation] = ["all", "train", "test", "validation"].map((name) => parts.get(name));
  const sets = all
    ? ({ train: all, test: all, unsplit: true } as const)
    : { train: train as LabelledImages, test: test as LabelledImages };
  const isNumbers = classes.every((name, number) => name === String(number));
  return {
    identity: {
      name: official ? MNIST : name,
      sha256,
      ...(!isNumbers && { classes }),
      ...(values && { values }),
      ...(fit && { fit }),
      ...(background.some(Boolean) && { background }),
      ...(Object.keys(asked).length > 0 && { asked }),
    },
    ...sets,
    ...(validation && { validation }),
    about,
    files: Object.fromEntries([...images].map(([name, of]) => [name, of.map(({ file }) => file.path)])),
  };
}
