import { utf8ToBytes } from "@noble/hashes/utils.js";
import {
  anything,
  type Check,
  fields,
  finite,
  listOf,
  name,
  oneOf,
  optional,
  partly,
  refuse,
  text,
} from "../../checks.js";
import type { ImageOptions } from "../../data/image-options.js";
import { sha256Of } from "../../digest.js";
import { InvalidRequest } from "../../errors.js";
import { canonicalJson } from "../../formats/canonical-json.js";
import { stringifyJson } from "../../formats/json.js";
import { InvalidJson, parseJson } from "../../formats/parse-json.js";
import { BUILDS } from "../../limits.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import type { ConfiguredDataset, EngineIdentity, RunConfig } from "../../training/job.js";
import { ROUNDS } from "../shared/context.js";
import type { UntilShown } from "./until.js";
import type { NamedVariant } from "./variants.js";

/** An architecture or a variant as it will be trained. */
export interface PlannedArchitecture extends NamedVariant {
  /** Network and settings in full, as a run's configuration has them, those of the first round. */
  readonly config: Omit<RunConfig, "dataset" | "engine">;
  /** The ids of its runs, of the first round first; where the number of rounds is not fixed, of as many as are allowed. */
  readonly runs: readonly string[];
}

/** A comparison that is written down before anything is trained, and its hash. Plain data: the document that `pairlab plan` writes. */
export interface SealedPlan {
  readonly format: typeof FORMAT;
  /** What is planned, in plain English. */
  readonly words: readonly string[];
  readonly engine: EngineIdentity;
  /** `asked` is without the folder of a list's pictures. */
  readonly dataset: ConfiguredDataset & { readonly asked?: ImageOptions };
  /** Of the first round. */
  readonly seed: number;
  /** With `until` the most. */
  readonly rounds: number;
  /** How it is decided when to stop, where the number of rounds is not fixed. */
  readonly until?: UntilShown;
  /** Settings that were given for all architectures. */
  readonly settings: SettingOverrides;
  /** The name of the first, if the others are compared only with it. */
  readonly baseline?: string;
  /** What will be tested, by names. */
  readonly comparisons: readonly { readonly a: string; readonly b: string }[];
  readonly architectures: readonly PlannedArchitecture[];
  /** Of the canonical JSON (RFC 8785) of all other fields, in UTF-8. */
  readonly sha256: string;
}

export const FORMAT = 1;
/** A plan has 8, and more where residual layers are nested. */
const MOST_LEVELS = 64;

/** A plan with its hash, as a reader of its file has it. */
export function sealed(plan: Omit<SealedPlan, "sha256">): SealedPlan {
  const written = JSON.parse(stringifyJson(plan));
  return { ...written, sha256: hashOf(written) };
}

const hashOf = (plan: object): string => sha256Of(utf8ToBytes(canonicalJson({ ...plan, sha256: undefined })));

const isDigest: Check = (value, what) => {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) refuse(what, "64 hexadecimal digits", value);
};
const isRun: Check = (value, what) => {
  if (typeof value !== "string" || !/^[0-9a-f]{16}$/.test(value)) refuse(what, "16 hexadecimal digits", value);
};
const PLAN = fields({
  format: anything,
  words: listOf(text),
  engine: fields({ version: name, simd: oneOf(BUILDS), kernels: isDigest }),
  dataset: partly({ name: text, sha256: isDigest, asked: optional(partly({})) }),
  ...ROUNDS,
  until: optional(fields({ margin: optional(finite) })),
  settings: partly({}),
  baseline: optional(text),
  comparisons: listOf(fields({ a: text, b: text })),
  architectures: listOf(
    fields({
      name,
      architecture: name,
      settings: partly({}),
      title: optional(text),
      overrides: partly({}),
      config: partly({}),
      runs: listOf(isRun),
    }),
  ),
  sha256: isDigest,
});

/**
 * Reads a plan, and sees that it is as it was sealed. Layout and order of fields do not matter.
 *
 * @param file  the text that `pairlab plan` wrote
 * @throws InvalidRequest where it is no plan, one of another format, or was changed after it was sealed
 */
export function readPlan(file: string): SealedPlan {
  text(file, "the plan's text");
  const plan = parsed(file) as SealedPlan;
  if (typeof plan !== "object" || plan === null || Array.isArray(plan)) refuse("the plan", "an object", plan);
  if (plan.format !== FORMAT)
    refuse("the plan's format", `${FORMAT}, as this version of pairlab plan writes it`, plan.format);
  isDigest(plan.sha256, "the plan's sha256");
  const is = hashOf(plan);
  if (is !== plan.sha256)
    throw new InvalidRequest(
      `the plan was changed after it was sealed: its SHA-256 is ${is}, and it says ${plan.sha256}; take the plan as it was, or seal another`,
    );
  PLAN(plan, "the plan");
  return plan;
}

function parsed(file: string): unknown {
  try {
    return parseJson(file, MOST_LEVELS);
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    const { line, column } = error.place;
    throw new InvalidRequest(
      `the plan ${error.message} (line ${line}, column ${column}): give a file that pairlab plan wrote`,
    );
  }
}
