import type { Fit } from "../pictures/prepare.js";

/** Height and width. */
export interface Size {
  readonly height: number;
  readonly width: number;
}

/** What whoever names a data set says of how its images become what networks see. */
export interface ImageOptions {
  /** Of what networks see; default half of IDX images, 14×14 where all pictures are 28×28, their own where all have one size from 8 to 64, else 32×32. */
  readonly size?: Size | undefined;
  /** Default rgb where a picture has colour. */
  readonly colour?: "grey" | "rgb" | undefined;
  /** How pictures of another shape are made to fit; without it they are refused. */
  readonly fit?: Fit | undefined;
  /** All classes in their order, for relations that need one. */
  readonly order?: readonly string[] | undefined;
  /** Which folder is a picture's class, where folders lie in folders; default the first. */
  readonly classes?: "first" | "innermost" | undefined;
  /** Of a list of pairs: the folder of the pictures that it names; default the list's. */
  readonly images?: string | undefined;
  /** Of a list of pairs: its columns, by name or number from 1; default those that are found by trying. */
  readonly first?: string | undefined;
  readonly second?: string | undefined;
  readonly label?: string | undefined;
  /** Of a list of pairs: the label of those that match. */
  readonly same?: string | undefined;
  /** 0–255 of each channel; default the median of the pictures' borders. */
  readonly background?: readonly number[] | undefined;
  /** The classes of another data set, by whose numbers these are numbered; some may have no picture here. */
  readonly allClasses?: readonly string[] | undefined;
}

/** A word of a command line: in quotes where a shell would not take it as it is. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The same as a command line has it: "--size 32x32".
 *
 * @param folder  of a list's pictures, where it is to be said
 */
export const imageOptionTexts = (
  { size, colour, fit, order, classes, ...list }: ImageOptions,
  folder = "DIR",
): string[] => [
  ...(size ? [`--size ${size.height}x${size.width}`] : []),
  ...(colour ? [`--colour ${colour}`] : []),
  ...(fit ? [`--fit ${fit}`] : []),
  ...(order ? [`--order ${shellWord(order.join(","))}`] : []),
  ...(classes ? [`--classes ${classes}`] : []),
  ...(list.images === undefined ? [] : [`--images ${shellWord(folder)}`]),
  ...(["first", "second", "label", "same"] as const).flatMap((name) => {
    const word = list[name];
    return word === undefined ? [] : [`--${name} ${shellWord(word)}`];
  }),
];
