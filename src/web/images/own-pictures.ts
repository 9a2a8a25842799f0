import { classCounts } from "../../core/data/drawing.js";
import { imageOptionTexts } from "../../core/data/image-options.js";
import { InvalidRequest } from "../../core/errors.js";
import { type DecodingProgress, decodeInTurn, keptBytes } from "../../core/picture-sets/decode.js";
import { findList } from "../../core/picture-sets/find-list.js";
import { isIdx, layoutOf } from "../../core/picture-sets/layout.js";
import { type PictureSet, type PictureTools, pictureSet } from "../../core/picture-sets/load.js";
import { type ListSet, listSet } from "../../core/picture-sets/load-list.js";
import { ownName } from "../../core/picture-sets/own-name.js";
import type { FileTree, TreeFile } from "../../core/picture-sets/tree.js";
import { decodePicture, type Picture } from "../../core/pictures/index.js";
import { className } from "../../core/training/job.js";
import { LISTED_PARTS, type ListedPart } from "../../site/site-manifest.js";
import { pictureCodecs } from "../pictures/codecs.js";
import type { AskedPictures, OwnAbout } from "./given-pictures.js";
import { bytesGiven, ownTree } from "./own-tree.js";

const codecs = pictureCodecs();

const tools: PictureTools<TreeFile> = {
  codecs,
  memory: memoryFor,
  decodeAll: (files, plan, onProgress) =>
    decodeInTurn(files, plan, memoryFor(files.length * keptBytes(plan)), codecs, onProgress),
};

function memoryFor(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes);
  } catch {
    throw new InvalidRequest(
      `the images need ${bytes} bytes of memory, and there are not so many: use a smaller --size`,
    );
  }
}

/**
 * The data set that given pictures make: the one that the command line makes of them.
 *
 * @throws InvalidRequest naming the file or the row where something is wrong
 */
export async function ownPictures(
  { given, asked }: AskedPictures,
  onProgress: DecodingProgress,
): Promise<PictureSet | ListSet> {
  const tree = await ownTree(given);
  const idx = tree.files.find(({ path }) => isIdx(path));
  if (idx)
    throw new InvalidRequest(
      `${idx.name} is an IDX file, which this page reads of a server only: pairlab serve --data FOLDER`,
    );
  const list = await findList(tree);
  return list ? listed(tree, list, asked, onProgress) : inClasses(given.name, tree, asked, onProgress);
}

async function inClasses(
  name: string,
  tree: FileTree,
  { first, second, label, same, ...asked }: AskedPictures["asked"],
  onProgress: DecodingProgress,
): Promise<PictureSet> {
  const [given] = Object.entries({ first, second, label, same }).find(([, value]) => value !== undefined) ?? [];
  if (given !== undefined) throw new InvalidRequest(`${name} has no list of pairs: leave --${given} out`);
  const layout = await layoutOf(tree, asked.classes ? { classes: asked.classes } : {});
  return pictureSet(ownName(name), tree, layout, asked, tools, onProgress);
}

const listed = (
  tree: FileTree,
  list: TreeFile,
  { images, first, second, label, same, ...asked }: AskedPictures["asked"],
  onProgress: DecodingProgress,
): Promise<ListSet> =>
  listSet(ownName(list.path), { list, tree }, { first, second, label, same }, asked, tools, onProgress);

/** What given pictures were understood to be. */
export function aboutOwn({ identity, about, listed, ...set }: PictureSet | ListSet): OwnAbout {
  const { name, sha256, values, asked = {} } = identity;
  const { layout, passedOver, size, kept, fit, splits, classes } = about;
  const parts =
    set.unsplit || listed ? [set.train] : [set.train, set.test, ...(set.validation ? [set.validation] : [])];
  const counts = classes.length > 0 ? parts.map((part) => classCounts(part)) : [];
  return {
    ...{ name, sha256, layout, passedOver, size, channels: kept.channels, ...(fit && { fit }), splits },
    classes: classes.map((_, number) => ({
      name: className(identity, number),
      images: counts.reduce((sum, each) => sum + (each[number] ?? 0), 0),
    })),
    hasOrder: values !== undefined,
    ...(listed &&
      identity.listed && {
        listed: {
          relation: identity.listed.relation,
          pairs: Object.fromEntries(LISTED_PARTS.map((part) => [part, listed[part].targets.length])) as Record<
            ListedPart,
            number
          >,
          dropped: "dropped" in set ? set.dropped : 0,
        },
      }),
    options: imageOptionTexts(asked),
  };
}

/** A picture of a file. @throws InvalidRequest where it is none that is read, or the file is gone */
export const pictureOf = async (file: File): Promise<Picture> =>
  decodePicture(await bytesGiven(file.name, file), file.name, codecs);
