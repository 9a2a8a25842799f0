import { z } from "zod";
import type { Layer, RunRecord } from "../../core/index.js";

const count = z.number().int().min(1);
const fraction = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
// JSON has no NaN or infinity: a loss that left the numbers is stored as null.
const loss = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const layer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("convolution"),
    channels: count,
    kernel: count,
    stride: count,
    padding: z.number().int().min(0),
  }),
  z.object({ kind: z.literal("batch-norm") }),
  z.object({ kind: z.literal("max-pool"), size: count }),
  z.object({ kind: z.literal("relu") }),
  z.object({ kind: z.literal("dropout"), rate: z.number().exactOptional() }),
  z.object({ kind: z.literal("flatten") }),
  z.object({ kind: z.literal("linear"), features: count }),
]) satisfies z.ZodType<Layer>;

/** A run record as `run.json` holds it. */
export const runRecordSchema = z.object({
  id: z.string(),
  architecture: z.string(),
  seed: z.number().int(),
  config: z.object({
    network: z.object({
      trunk: z.array(layer),
      head: z.array(layer),
      auxiliaryWeight: z.number(),
      trunks: z.enum(["shared", "separate"]),
    }),
    epochs: count,
    batchSize: count,
    learningRate: z.number(),
    optimizer: z.literal("adam"),
    dropout: z.number(),
    trainPairs: count,
    testPairs: count,
    relation: z.literal("less-or-equal"),
    evaluate: z.enum(["epoch", "end"]),
    evaluateOn: z.enum(["test", "validation"]),
    dataset: z.object({ name: z.string(), sha256 }),
    engine: z.object({ version: z.string(), simd: z.enum(["base", "relaxed"]), kernels: sha256 }),
  }),
  parameters: count,
  trainError: fraction,
  testError: fraction,
  epochs: z
    .array(z.object({ epoch: count, trainLoss: loss, testLoss: loss, trainAccuracy: fraction, testAccuracy: fraction }))
    .min(1),
  seconds: z.number().min(0),
  weightsSha256: sha256,
}) satisfies z.ZodType<RunRecord>;
