import type { ImageOptions, Size } from "../../core/data/image-options.js";
import type { RelationName } from "../../core/data/relations.js";
import type { Layout } from "../../core/picture-sets/layout.js";
import type { Split } from "../../core/picture-sets/splits.js";
import type { Fit } from "../../core/pictures/prepare.js";
import type { ListedPart } from "../../site/site-manifest.js";

/** A file below what somebody dropped or chose. */
export interface GivenFile {
  /** From the given folder, its parts separated by "/". */
  readonly path: string;
  readonly file: File;
}

/** Pictures that somebody gave: a folder's files, or one zip archive. */
export interface GivenPictures {
  /** Of the folder or the archive. */
  readonly name: string;
  readonly files: readonly GivenFile[];
  /** Folders that hold nothing. */
  readonly empty: readonly string[];
}

/** What given pictures were understood to be. */
export interface OwnAbout {
  readonly name: string;
  readonly sha256: string;
  readonly layout: Layout["kind"];
  /** Files that are no pictures by their names, or that no list names. */
  readonly passedOver: number;
  /** Of what networks see. */
  readonly size: Size;
  readonly channels: 1 | 3;
  readonly fit?: Fit;
  /** None of a list that names none. */
  readonly classes: readonly { readonly name: string; readonly images: number }[];
  /** The classes' names are numbers, or somebody gave their order. */
  readonly hasOrder: boolean;
  readonly splits: readonly { readonly name: Split | "all"; readonly count: number }[];
  /** Of a list: what it answers, how many pairs each part has, and how many are in none, for their images are in two. */
  readonly listed?: {
    readonly relation: RelationName;
    readonly pairs: Readonly<Record<ListedPart, number>>;
    readonly dropped: number;
  };
  /** What was asked of them, as options of a command. */
  readonly options: readonly string[];
}

/** Pictures, and how they are to be read. */
export interface AskedPictures {
  readonly given: GivenPictures;
  readonly asked: ImageOptions;
}
