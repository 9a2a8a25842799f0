import type { Augmentation } from "../data/augmentation.js";
import type { Limits } from "../limits.js";
import type { Range, Scale } from "./domain.js";
import type { Schedule } from "./schedules.js";

/** All that is known about a setting of any kind. */
export type Row =
  | (Common<number> & Offered & { readonly kind: "number"; readonly limits: Limits })
  | (Common<string> & Offered & { readonly kind: "choice"; readonly names: readonly string[] })
  | (Common<string> & Offered & { readonly kind: "relation" })
  | (Common<boolean> & Pick<Offered, "page"> & NotSearched & { readonly kind: "flag" })
  | (Common<Augmentation> & NotOffered & { readonly kind: "augmentation" });

interface Offered {
  /** If the page has a field for it: the paper's value, in words. */
  readonly page?: { readonly paper: string };
  /** If `tune` can search it: the range. */
  readonly search?: SettingSearch;
}

type NotOffered = { readonly [Name in keyof Offered]?: never };
type NotSearched = Pick<NotOffered, "search">;

interface Common<Value> {
  /** `config`: in every configuration; `optional`: in those where it is not the usual value; `network`: in a configuration's network. */
  readonly place: "config" | "optional" | "network";
  /** The value if neither a request nor an architecture has one; absent if each architecture or optimizer has its own. */
  readonly usual?: Value;
  /** What has it, if not everything has: settings of an optimizer are dropped with another optimizer. */
  readonly of?: "optimizer" | "digits" | "dropout";
  /** Its name before a value: "learning rate". */
  readonly words: string;
  /** Its name without a value; default `words`. */
  readonly title?: string;
  /** The value in words if a configuration has none; default the usual one. */
  readonly absent?: string;
  /** Name and value, in short; default "WORDS VALUE". */
  readonly short?: (value: string) => string;
  /** The value in a list of changes; false if another setting's change includes it, or if it is not listed. */
  readonly change?: false | ((config: Pick<ToldConfig, "optimizerInWords">) => string);
  /** In "how numbers were made": a line, or the setting whose line includes it, or why it is left out. */
  readonly method: MethodLine<Value> | { readonly by: string } | { readonly untold: string };
  /** Null if the command line cannot change it. */
  readonly option: SettingOption | null;
}

export interface MethodLine<Value> {
  readonly name: string | ((config: ToldConfig) => string);
  readonly value: (value: Value, config: ToldConfig) => string;
  /** What follows the values. */
  readonly remark?: string | ((configs: readonly [ToldConfig, ...ToldConfig[]]) => string);
  /** Shown only for runs whose value is not the usual one. */
  readonly unlessUsual?: true;
  /** Shown for all runs if one has it, rather than only for those that have it. */
  readonly ofAll?: true;
}

export interface SettingOption {
  /** Without its hyphens; default the setting's name with hyphens. */
  readonly name?: string;
  /** What it takes: "<count>". A flag takes nothing. */
  readonly takes?: string;
  /** Of a flag that can be switched off, "--no-balance", what that does. */
  readonly negative?: string;
  readonly help: string;
  /** `evaluated`: not for commands that decide when they evaluate; `measured`: also not for those that decide on which pairs. */
  readonly of?: "evaluated" | "measured";
}

export interface SettingSearch {
  readonly scale: Scale;
  /** Factors of the architecture's own value: a range from a part to a multiple of it, or each of several; a fixed range; or all names. */
  readonly over:
    | { readonly factor: number }
    | { readonly factors: readonly number[] }
    | { readonly low: number; readonly high: number }
    | "names";
  /** The range in place of `over` with an optimizer that decays weights apart from the gradient. */
  readonly decoupled?: { readonly low: number; readonly high: number };
  /** Where `ablate` draws it for each of its networks, if it does. */
  readonly ablated?: Omit<Range, "kind" | "scale">;
  /** The values that can be searched, if not all that can be set. */
  readonly possible?: Limits;
  /** Searched only if the user asks for it. */
  readonly onRequest?: true;
}

/** What images are of: MNIST's of digits, all others of classes. */
export type ClassWord = "digit" | "class";

/** The parts of a configuration, beside its own value, that a setting's words depend on. */
export interface ToldConfig {
  /** The optimizer with its settings, in words: the code of optimizers knows which need not be mentioned. */
  readonly optimizerInWords: string;
  readonly classWord: ClassWord;
  readonly schedule?: Schedule;
  readonly testPairs: number;
  readonly evaluateOn: string;
  readonly relation: string;
  readonly reuse?: boolean;
  readonly network: { readonly head: readonly unknown[]; readonly pairWeight?: number };
}
