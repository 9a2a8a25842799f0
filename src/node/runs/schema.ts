import * as z from "zod/mini";
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

const count = z.int().check(z.gte(1));
const fraction = z.number().check(z.gte(0), z.lte(1));
/** Of pairs, of bytes, of classes. */
const atLeastNone = z.int().check(z.gte(0));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Null for a run that diverged. */
const error = z.pipe(
  z.nullable(fraction),
  z.transform((value: number | null) => value ?? Number.NaN),
);
/** JSON has no numbers beyond the finite ones: `stringifyJson` says how they are written. */
const loss = z.pipe(
  z.union([z.number(), z.null(), z.literal("Infinity"), z.literal("-Infinity")]),
  z.transform(numberFromJson),
);

/** A field of a layer as the same description checks it in a request. */
function fieldSchema(field: Field): z.ZodMiniType {
  if (field.holds === "layers") return z.lazy(() => z.array(layer));
  const { limits } = field;
  const number = limits ? z.number().check(z.refine((value) => isWithin(value, limits))) : z.number();
  return field.optional ? z.exactOptional(number) : number;
}

const kinds = Object.entries(KINDS).map(([kind, { fields }]) =>
  z.object({
    kind: z.literal(kind),
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
  }),
);
type Kinds = [(typeof kinds)[number], ...typeof kinds];
const layer = z.discriminatedUnion("kind", kinds as Kinds) as unknown as z.ZodMiniType<Layer>;

const amount = z.exactOptional(z.number().check(z.gte(0)));
const augmentation = z.object({
  rotation: amount,
  scale: amount,
  shear: amount,
  shift: amount,
  elastic: amount,
  thickness: amount,
  noise: amount,
  resampling: z.exactOptional(z.enum(["bicubic", "bilinear"])),
});

/** A setting's value as a configuration has it. */
function schemaOf(row: Row): z.ZodMiniType {
  switch (row.kind) {
    case "number":
      return row.limits.whole ? z.int().check(z.gte(row.limits.least)) : z.number();
    case "flag":
      return z.boolean();
    case "choice":
      return z
        .string()
        .check(z.refine((name) => row.names.includes(name) && !(row.place === "optional" && name === row.usual)));
    case "relation":
      return z.string().check(z.refine(isRelationName));
    case "augmentation":
      return augmentation;
  }
}

const required = (names: readonly SettingName[]) =>
  Object.fromEntries(names.map((name) => [name, schemaOf(rowOf(name))]));

const optional = (names: readonly SettingName[]) =>
  Object.fromEntries(names.map((name) => [name, z.exactOptional(schemaOf(rowOf(name)))]));

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
    shape: z.exactOptional(z.object({ height: count, width: count, channels: count, classes: atLeastNone })),
    values: z.exactOptional(z.array(z.number())),
    classes: z.exactOptional(z.array(z.string())),
    fit: z.exactOptional(z.enum(FITS as [Fit, ...Fit[]])),
    background: z.exactOptional(z.array(z.number())),
  }),
  engine: z.object({ version: z.string(), simd: z.enum(BUILDS), kernels: sha256 }),
  startingWeights: z.exactOptional(z.object({ sha256, part: z.enum(["network", "trunk"]) })),
}) as unknown as z.ZodMiniType<RunConfig>;

const divergence = z.object({ epoch: count, step: z.nullable(count), what: z.enum(["loss", "weights"]) });

const fileSchema = z.object({ bytes: atLeastNone, sha256 });

/** What is in `run.json` beside the configuration, which many runs share, and the digest. */
export const summarySchema = z
  .object({
    id: z.string(),
    architecture: z.string(),
    seed: z.int(),
    parameters: count,
    trainError: error,
    testError: error,
    /** Missing if the run diverged, or an earlier version wrote it. */
    testYes: z.exactOptional(atLeastNone),
    diverged: z.exactOptional(divergence),
    /** Also missing if an earlier version wrote it, which may have continued training. */
    finite: z.exactOptional(z.literal(true)),
    seconds: z.number().check(z.gte(0)),
    /** Missing if the system did not tell it, or an earlier version wrote it. */
    processorSeconds: z.exactOptional(z.number().check(z.gte(0))),
    /** Missing where that is, and if an earlier version wrote it. */
    yardstickSeconds: z.exactOptional(z.number().check(z.gt(0))),
    weightsSha256: sha256,
    files: z.object({ "epochs.jsonl": fileSchema, "weights.safetensors": fileSchema }),
  })
  .check(
    z.refine(({ trainError, testError, diverged }) =>
      [trainError, testError].every((each) => Number.isNaN(each) === (diverged !== undefined)),
    ),
  ) satisfies z.ZodMiniType<Omit<RunSummary, "config">>;

/** A line of `epochs.jsonl`. */
export const epochSchema = z.object({
  epoch: count,
  trainLoss: loss,
  testLoss: loss,
  trainAccuracy: fraction,
  testAccuracy: fraction,
  testYes: z.exactOptional(atLeastNone),
}) satisfies z.ZodMiniType<EpochResult>;
