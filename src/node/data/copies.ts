import { hash } from "node:crypto";
import type { LabelledImages } from "../../core/data/images.js";
import type { PairSplit } from "../../core/data/pools.js";
import { count } from "../../core/text/format.js";
import type { Dataset } from "./dataset.js";
import { type Part, partsOf } from "./parts.js";
import { isPackaged } from "./trained-images.js";

/** Images whose pixels another image has, too: how many, each beside the first one that has them. */
export interface Copies {
  readonly inOneSplit: number;
  readonly acrossSplits: number;
  readonly betweenClasses: number;
  /** The first two across splits, or else between classes, where it is known which files they are. */
  readonly example?: readonly [string, string];
  /** All that are between classes, where it is known which files they are. */
  readonly underTwoClasses?: readonly (readonly [string, string])[];
}

/** The pixels of an image, as a text that images of the same pixels share. */
function pixelsOf({ pixels, count }: LabelledImages): (image: number) => string {
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const length = bytes.length / count;
  return (image) => hash("sha256", bytes.subarray(image * length, (image + 1) * length), "base64");
}

/** Looks for copies among all images of a data set, all of which are held. */
export function copiesIn(dataset: Dataset): Copies {
  const first = new Map<string, { readonly part: Part; readonly image: number }>();
  let [inOneSplit, acrossSplits] = [0, 0];
  let across: [string, string] | undefined;
  let betweenClasses = 0;
  const underTwoClasses: [string, string][] = [];
  for (const part of partsOf(dataset)) {
    const { images, files } = part;
    const digestOf = pixelsOf(images);
    for (let image = 0; image < images.count; image++) {
      const digest = digestOf(image);
      const other = first.get(digest);
      if (!other) {
        first.set(digest, { part, image });
        continue;
      }
      const isAcross = other.part !== part;
      if (isAcross) acrossSplits++;
      else inOneSplit++;
      const [one, two] = [other.part.files?.[other.image], files?.[image]];
      if (isAcross && one && two) across ??= [one, two];
      if (other.part.images.labels[other.image] === images.labels[image]) continue;
      betweenClasses++;
      if (one && two) underTwoClasses.push([one, two]);
    }
  }
  const example = across ?? underTwoClasses[0];
  return {
    ...{ inOneSplit, acrossSplits, betweenClasses },
    ...(example && { example }),
    ...(underTwoClasses.length > 0 && { underTwoClasses }),
  };
}

/**
 * Says how many copies of images can be both in training pairs and in the pairs that measure a network, and what to do; undefined where
 * none can.
 *
 * @param split  what training pairs and the others do not share
 */
export function copiesApart(dataset: Dataset, split: PairSplit): string | undefined {
  if (isPackaged(dataset.identity) || dataset.train.held) return undefined;
  const says = (copies: number, [one, several]: readonly [string, string], remedy: string) =>
    copies === 0
      ? undefined
      : `${dataset.identity.name}: ${copies === 1 ? `1 image is ${one}` : `${count(copies)} images are ${several}`}: ${remedy}`;
  if (dataset.listed) {
    const both = "in validation or test pairs and, under another name, in training pairs";
    return says(copiesBetweenParts(dataset), [both, both], "name one file wherever a picture is meant");
  }
  const { inOneSplit, acrossSplits, betweenClasses } = copiesIn(dataset);
  const copies = (of: string): readonly [string, string] => {
    const both = ", so that networks can be tested on what they were trained on";
    return [`a copy of ${of}${both}`, `copies of ${of}${both}`];
  };
  if (split === "classes")
    return says(
      betweenClasses,
      copies("images of another class"),
      "give a picture one class, or take it out; data show --json lists them",
    );
  if (!dataset.unsplit) return says(acrossSplits, copies("images of another split"), "take copies out");
  const other = inOneSplit > betweenClasses ? ", or split by class (--split classes)" : "";
  return says(inOneSplit, copies("others"), `take copies out${other}`);
}

/** Images of validation and test pairs whose pixels an image of a training pair has. */
function copiesBetweenParts({ listed, train }: Dataset): number {
  const digestOf = pixelsOf(train);
  const digests = (part: "training" | "validation" | "test") => Array.from(new Set(listed?.[part].images), digestOf);
  const training = new Set(digests("training"));
  return [...digests("validation"), ...digests("test")].filter((digest) => training.has(digest)).length;
}
