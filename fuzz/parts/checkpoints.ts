import { createHash } from "node:crypto";
import { decodeSafetensors } from "../../src/core/formats/decode-safetensors.js";
import { encodeSafetensors } from "../../src/core/formats/safetensors.js";
import { mutateBytes, mutateText, NUMBER_TEXTS } from "../mutate.js";
import { plainWhole } from "../numbers.js";
import { attempt, type Part, require } from "../part.js";
import { firstCheckpoint, smallJob, startJob } from "../runs.js";

/** A run that goes on from what is said to be its checkpoint. */
export const checkpointsPart: Part = {
  name: "checkpoints",
  weight: 1,
  async open() {
    const job = smallJob(7);
    const good = firstCheckpoint(job);
    const { tensors, metadata } = decodeSafetensors({ name: "good", bytes: good });
    return {
      make(random) {
        if (random.chance(0.05)) return good;
        if (random.chance(0.2)) return mutateBytes(random, good);
        const changed: Record<string, string> = { ...metadata, sha256: "0".repeat(64) };
        const key = random.pick(["run", "epoch", "seconds", "results"] as const);
        if (random.chance(0.8))
          changed[key] = random.chance(0.5) ? random.pick(NUMBER_TEXTS) : mutateText(random, changed[key] ?? "");
        if (random.chance(0.05)) changed.results = random.pick(["[", '{"a":', '[{"epoch":']).repeat(20_000);
        const others = tensors.map((tensor) => {
          if (random.chance(0.97)) return tensor;
          if (random.chance(0.3)) return { ...tensor, name: "another" };
          const { length } = tensor.data;
          const data = tensor.data instanceof Float32Array ? new Float32Array(length).fill(Number.NaN) : tensor.data;
          return { ...tensor, shape: random.chance(0.5) ? tensor.shape : [...tensor.shape, 1], data };
        });
        return sealed(encodeSafetensors(others, changed));
      },
      check(bytes) {
        const step = attempt(() => startJob(job, bytes).next());
        if (!step) return "refused";
        const given = decodeSafetensors({ name: "checkpoint", bytes }).metadata;
        require(given.sha256 === digestOf(bytes), "taken with another digest");
        require(given.run === job.id, `taken from run ${given.run}`);
        const epoch = plainWhole(given.epoch ?? "");
        require(epoch !== undefined && epoch >= 0 && epoch <= job.config.epochs, `taken after epoch ${given.epoch}`);
        if (step.done) require(epoch === job.config.epochs || step.value.record.diverged !== undefined, "ended early");
        else require(step.value.epoch === epoch + 1, "gone on in another epoch");
        return "accepted";
      },
    };
  },
};

const DIGEST_START = 8 + '{"__metadata__":{"sha256":"'.length;

/** The digest of a file with zeros in the digest's place. */
function digestOf(file: Uint8Array): string {
  const blank = Uint8Array.from(file).fill(0x30, DIGEST_START, DIGEST_START + 64);
  return createHash("sha256").update(blank).digest("hex");
}

function sealed(file: Uint8Array<ArrayBuffer>): Uint8Array {
  file.set(Buffer.from(digestOf(file)), DIGEST_START);
  return file;
}
