import { readLabelledImages } from "../../src/core/data/idx.js";
import { imagesAndLabels, readIdx } from "../idx.js";
import { joined, mutateBytes } from "../mutate.js";
import { attempt, type Part, require, same } from "../part.js";

/** Images and labels in memory, as the page and the library have them. */
export const idxPart: Part = {
  name: "IDX",
  weight: 1,
  open: async () => ({
    make(random) {
      let { images, labels } = imagesAndLabels(random);
      if (random.chance(0.6)) images = mutateBytes(random, images);
      if (random.chance(0.4)) labels = mutateBytes(random, labels);
      return joined(Uint8Array.of(images.length >> 8, images.length & 255), images, labels);
    },
    check(input) {
      const length = ((input[0] ?? 0) << 8) | (input[1] ?? 0);
      const [images, labels] = [input.subarray(2, 2 + length), input.subarray(2 + length)];
      const read = attempt(() =>
        readLabelledImages({ name: "images", bytes: images }, { name: "labels", bytes: labels }),
      );
      const due = readIdx(images, labels);
      require((read === undefined) === (due === undefined), read
        ? "taken, though it is none"
        : "refused, though it is one");
      if (!read) return "refused";
      require(same({ ...read }, { ...due }), "other images than there are");
      return "accepted";
    },
  }),
};
