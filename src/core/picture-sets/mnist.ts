export interface OfficialFile {
  /** What it contains. */
  readonly role: `${"train" | "test"} ${"images" | "labels"}`;
  readonly name: string;
  /** Of the file as published, not compressed. */
  readonly sha256: string;
}

/** MNIST's own names for its files, and what they contain. */
export const OFFICIAL_FILES: readonly OfficialFile[] = [
  {
    role: "train images",
    name: "train-images-idx3-ubyte",
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  },
  {
    role: "train labels",
    name: "train-labels-idx1-ubyte",
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  {
    role: "test images",
    name: "t10k-images-idx3-ubyte",
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  },
  {
    role: "test labels",
    name: "t10k-labels-idx1-ubyte",
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
];
