import { hash } from "node:crypto";
import type { LabelledImages } from "../../core/data/images.js";
import { seenImage } from "../../core/data/seen-image.js";

/** Hexadecimal digits of an image's digest: two different images of a billion have the same one with a chance of 3%. */
const DIGITS = 16;

/** The beginning of the SHA-256 of what networks see of an image: the same of the same pixels, whatever file they come from. */
export const imageDigest = (images: LabelledImages, image: number): string =>
  hash("sha256", new Uint8Array(seenImage(images, image).buffer)).slice(0, DIGITS);
