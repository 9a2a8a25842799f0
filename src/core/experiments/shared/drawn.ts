/** What a run's pairs are of. With the split by classes, test pairs are of other classes, and the classes stand for the images. */
export interface DrawnImages {
  readonly of: "images" | "classes";
  /** `[pairs, 2]` of all its test pairs: numbers of images, or classes. */
  readonly tested: Uint32Array;
  /** Those that it trained on, each once. */
  readonly trained: Uint32Array;
}
