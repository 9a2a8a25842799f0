/** The files of a run's folder. Other files may be there and are left alone. */
export const RECORD = "run.json";
export const EPOCHS = "epochs.jsonl";
export const WEIGHTS = "weights.safetensors";
export const CHECKPOINT = "checkpoint.safetensors";
/** How a finished run does on all test pairs: it can be made again. */
export const ALL_TEST_PAIRS = "all-test-pairs.json";
/** Thresholds that validation pairs chose for a finished run: they can be chosen again. */
export const THRESHOLDS = "thresholds.json";
/** Digests of the images that a finished run trained on, where they are not the package's. */
export const TRAINED_IMAGES = "trained-images.json";
export const RUN_FILES = [RECORD, EPOCHS, WEIGHTS, CHECKPOINT, ALL_TEST_PAIRS, THRESHOLDS, TRAINED_IMAGES] as const;
/** What people say of a run: it goes with the run, and stays where a damaged run is moved out of the way and trained again. */
export const ANNOTATIONS = "annotations.json";

/** The most bytes that each has, and more than it needs; a larger file is damaged, and not read. */
export const MOST_BYTES = {
  [EPOCHS]: 2 ** 26,
  [WEIGHTS]: 2 ** 30,
  [CHECKPOINT]: 2 ** 31,
  [ALL_TEST_PAIRS]: 2 ** 23,
  [THRESHOLDS]: 2 ** 12,
  [TRAINED_IMAGES]: 2 ** 25,
  [ANNOTATIONS]: 2 ** 14,
} as const;

/** What is in the store beside the runs. */
export const STORE = "store.json";
export const DAMAGED = "damaged";
export const CLAIMS = "claims";
/** What is known about finished runs; it may be deleted at any time. */
export const INDEX = "index.json";

export const isRunId = (name: unknown): name is string => typeof name === "string" && /^[0-9a-f]{16}$/.test(name);
