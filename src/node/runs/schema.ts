import { z } from "zod";
import { isRelationName } from "../../core/data/relations.js";
import { numberFromJson } from "../../core/formats/json.js";
import type { EpochResult, Layer, RunConfig, RunSummary } from "../../core/index.js";
import { BUILDS, isWithin } from "../../core/limits.js";
import type { Field } from "../../core/network/fields.js";
import { KINDS } from "../../core/network/kinds.js";
import { FITS, type Fit } from "../../core/pictures/prepare.js";
import type { Row } from "../../core/settings/row.js";
import {
  CONFIG_SETTINGS,
  NETWORK_SETTINGS,
  OPTIONAL_SETTINGS,
  rowOf,
  type SettingName,
} from "../../core/settings/table.js";

const count = z.number().int().min(1);
const fraction = z.number().min(0).max(1);
/** Of pairs. */
const answers = z.number().int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Null for a run that diverged. */
const error = fraction.nullable().transform((value) => value ?? Number.NaN);
/** JSON has no numbers beyond the finite ones: `stringifyJson` says how they are written. */
const loss = z.union([z.number(), z.null(), z.literal("Infinity"), z.literal("-Infinity")]).transform(numberFromJson);

/** A field of a layer as the same description checks it in a request. */
function fieldSchema(field: Field): z.ZodType {
  if (field.holds === "layers") return z.lazy(() => z.array(layer));
  const { limits } = field;
  const number = limits ? z.number().refine((value) => isWithin(value, limits)) : z.number();
  return field.optional ? number.exactOptional() : number;
}

const kinds = Object.entries(KINDS).map(([kind, { fields }]) =>
  z.object({
    kind: z.literal(kind),
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
  }),
);
type Kinds = [(typeof kinds)[number], ...typeof kinds];
const layer = z.discriminatedUnion("kind", kinds as Kinds) as unknown as z.ZodType<Layer>;

const amount = z.number().min(0).exactOptional();
const augmentation = z.object({
  rotation: amount,
  scale: amount,
  shear: amount,
  shift: amount,
  elastic: amount,
  thickness: amount,
  noise: amount,
  resampling: z.enum(["bicubic", "bilinear"]).exactOptional(),
});

/** A setting's value as a configuration has it. */
function schemaOf(row: Row): z.ZodType {
  switch (row.kind) {
    case "number":
      return row.limits.whole ? z.number().int().min(row.limits.least) : z.number();
    case "flag":
      return z.boolean();
    case "choice":
      return z.string().refine((name) => row.names.includes(name) && !(row.place === "optional" && name === row.usual));
    case "relation":
      return z.string().refine(isRelationName);
    case "augmentation":
      return augmentation;
  }
}

const required = (names: readonly SettingName[]) =>
  Object.fromEntries(names.map((name) => [name, schemaOf(rowOf(name))]));

const optional = (names: readonly SettingName[]) =>
  Object.fromEntries(names.map((name) => [name, schemaOf(rowOf(name)).exactOptional()]));

/** All that decides a run beside its seed. */
export const configSchema = z.object({
  network: z.object({
    trunk: z.array(layer),
    head: z.array(layer),
    auxiliaryWeight: z.number(),
    trunks: z.enum(["shared", "separate"]),
    ...optional(NETWORK_SETTINGS.filter((name) => name !== "auxiliaryWeight")),
  }),
  ...required(CONFIG_SETTINGS),
  ...optional(OPTIONAL_SETTINGS),
  dataset: z.object({
    name: z.string(),
    sha256,
    shape: z.object({ height: count, width: count, channels: count, classes: z.number().int().min(0) }).exactOptional(),
    values: z.array(z.number()).exactOptional(),
    classes: z.array(z.string()).exactOptional(),
    fit: z.enum(FITS as [Fit, ...Fit[]]).exactOptional(),
    background: z.array(z.number()).exactOptional(),
  }),
  engine: z.object({ version: z.string(), simd: z.enum(BUILDS), kernels: sha256 }),
  startingWeights: z.object({ sha256, part: z.enum(["network", "trunk"]) }).exactOptional(),
}) as unknown as z.ZodType<RunConfig>;

const divergence = z.object({ epoch: count, step: count.nullable(), what: z.enum(["loss", "weights"]) });

const fileSchema = z.object({ bytes: z.number().int().min(0), sha256 });

/** What is in `run.json` beside the configuration, which many runs share, and the digest. */
export const summarySchema = z
  .object({
    id: z.string(),
    architecture: z.string(),
    seed: z.number().int(),
    parameters: count,
    trainError: error,
    testError: error,
    /** Missing if the run diverged, or an earlier version wrote it. */
    testYes: answers.exactOptional(),
    diverged: divergence.exactOptional(),
    /** Also missing if an earlier version wrote it, which may have continued training. */
    finite: z.literal(true).exactOptional(),
    seconds: z.number().min(0),
    weightsSha256: sha256,
    files: z.object({ "epochs.jsonl": fileSchema, "weights.safetensors": fileSchema }),
  })
  .refine(({ trainError, testError, diverged }) =>
    [trainError, testError].every((each) => Number.isNaN(each) === (diverged !== undefined)),
  ) satisfies z.ZodType<Omit<RunSummary, "config">>;

/** A line of `epochs.jsonl`. */
export const epochSchema = z.object({
  epoch: count,
  trainLoss: loss,
  testLoss: loss,
  trainAccuracy: fraction,
  testAccuracy: fraction,
  testYes: answers.exactOptional(),
}) satisfies z.ZodType<EpochResult>;
