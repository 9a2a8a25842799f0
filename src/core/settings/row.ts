import type { Augmentation } from "../data/augmentation.js";
import type { Limits } from "../limits.js";
import type { Schedule } from "./schedules.js";

/** All that is known of a setting, of whatever kind. */
export type Row =
  | (Common<number> & Offered & { readonly kind: "number"; readonly limits: Limits })
  | (Common<string> & Offered & { readonly kind: "choice"; readonly names: readonly string[] })
  | (Common<string> & Offered & { readonly kind: "relation" })
  | (Common<boolean> & NotOffered & { readonly kind: "flag" })
  | (Common<Augmentation> & NotOffered & { readonly kind: "augmentation" });

interface Offered {
  /** Where the page has a field for it: what the paper has, in words. */
  readonly page?: { readonly paper: string };
  /** Where `tune` can search it: over what. */
  readonly search?: SettingSearch;
}

type NotOffered = { readonly [Name in keyof Offered]?: never };

interface Common<Value> {
  /** `config`: in every configuration; `optional`: in those where it is not the usual value; `network`: in a configuration's network. */
  readonly place: "config" | "optional" | "network";
  /** What holds where neither a request nor an architecture says otherwise; absent where each architecture or optimizer has its own. */
  readonly usual?: Value;
  /** What has it, where not everything has: an optimizer's are dropped with another optimizer. */
  readonly of?: "optimizer" | "digits" | "dropout";
  /** As it is called before a value: "learning rate". */
  readonly words: string;
  /** As it is called by itself; default `words`. */
  readonly title?: string;
  /** The value in words where a configuration has none; default the usual one. */
  readonly absent?: string;
  /** With a value, in short; default "WORDS VALUE". */
  readonly short?: (value: string) => string;
  /** The value where it is told what was changed; false where it is told with another, or not at all. */
  readonly change?: false | ((config: Pick<ToldConfig, "optimizerInWords">) => string);
  /** How numbers were made: a line, or the setting in whose line it is told, or why it is not told. */
  readonly method: MethodLine<Value> | { readonly by: string } | { readonly untold: string };
  /** Null where the command line cannot change it. */
  readonly option: SettingOption | null;
}

export interface MethodLine<Value> {
  readonly name: string;
  readonly value: (value: Value, config: ToldConfig) => string;
  /** What follows the values. */
  readonly remark?: string | ((configs: readonly ToldConfig[]) => string);
  /** Told only of runs that have another value than the usual one, which goes without saying. */
  readonly unlessUsual?: true;
  /** Of all runs where one has it, rather than of those that have it. */
  readonly ofAll?: true;
}

export interface SettingOption {
  /** Without its hyphens; default the setting's name with hyphens. */
  readonly name?: string;
  /** What it takes: "<count>". A flag takes nothing. */
  readonly takes?: string;
  /** A flag that can be switched off: "--no-balance". */
  readonly negative?: true;
  readonly help: string;
  /** `evaluated`: not of commands that decide when they evaluate; `measured`: nor of those that decide on which pairs. */
  readonly of?: "evaluated" | "measured";
}

export interface SettingSearch {
  /** `log`: every factor counts the same; `log of rest`: every factor of 1 − value does; `linear`: every difference does. */
  readonly scale: "linear" | "log" | "log of rest";
  /** Factors of the architecture's own value: a range from a part to a multiple of it, or each of several; a fixed range; or all names. */
  readonly over:
    | { readonly factor: number }
    | { readonly factors: readonly number[] }
    | { readonly low: number; readonly high: number }
    | "names";
  /** What can be searched, where that is less than what can be set. */
  readonly possible?: Limits;
  /** Searched only where the user asks for it. */
  readonly onRequest?: true;
}

/** A configuration, as far as a setting's words look at more than its own value. */
export interface ToldConfig {
  /** The optimizer with what belongs to it, in words: what goes without saying is known where optimizers are. */
  readonly optimizerInWords: string;
  readonly schedule?: Schedule;
  readonly testPairs: number;
  readonly evaluateOn: string;
  readonly network: { readonly head: readonly unknown[]; readonly pairWeight?: number };
}
