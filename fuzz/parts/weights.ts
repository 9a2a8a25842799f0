import { lessOrEqual } from "../../src/core/data/index.js";
import { decodeSafetensors } from "../../src/core/formats/decode-safetensors.js";
import { encodeSafetensors } from "../../src/core/formats/safetensors.js";
import { startFrom } from "../../src/core/training/given-weights.js";
import { type Job, jobId } from "../../src/core/training/job.js";
import { readWeights } from "../../src/core/training/weights.js";
import { mutateBytes, mutateText, NUMBER_TEXTS } from "../mutate.js";
import { plainNumber } from "../numbers.js";
import { attempt, type Part, require, same } from "../part.js";
import { realRuns, sharedKernels } from "../runs.js";

/** Weights that training may start from are finite, whatever the file is, and their job is another. */
function checkStart(job: Job, bytes: Uint8Array): void {
  const started = attempt(() => startFrom(job, { name: "weights", bytes }));
  if (!started) return;
  require(started.job.id !== job.id, "the job has the id of one that starts at random");
  for (const { name, data } of decodeSafetensors({ name: "start", bytes: started.startingWeights }).tensors)
    require(data instanceof Float32Array && data.every(Number.isFinite), `${name} starts beyond the finite numbers`);
}

/** A finished run's weights, with what pixels are scaled by. */
export const weightsPart: Part = {
  name: "weights",
  weight: 1,
  async open() {
    const [run] = realRuns();
    if (!run) throw new Error("no run was trained");
    const { network, batchSize, dropout } = run.record.config;
    const { tensors, metadata } = decodeSafetensors({ name: "weights", bytes: run.weights });
    const input = { height: 4, width: 4, channels: 1, classes: 10 };
    const { architecture, seed } = run.record;
    const config = { ...run.record.config, dataset: { ...run.record.config.dataset, shape: input } };
    const job = { id: jobId(architecture, seed, config), architecture, seed, config };
    startFrom(job, { name: "weights", bytes: run.weights });
    return {
      make(random) {
        if (random.chance(0.2)) return mutateBytes(random, run.weights);
        const changed = { ...metadata };
        const key = random.pick(Object.keys(changed));
        if (random.chance(0.7))
          changed[key] = random.chance(0.7) ? random.pick(NUMBER_TEXTS) : mutateText(random, changed[key] ?? "");
        const others = tensors.map((tensor) => {
          if (random.chance(0.97)) return tensor;
          const data = random.chance(0.5) ? BigInt64Array.of(BigInt(random.below(9)) - 2n) : tensor.data;
          return {
            name: random.chance(0.3) ? "another" : tensor.name,
            shape: data === tensor.data ? tensor.shape : [],
            data,
          };
        });
        return encodeSafetensors(others, changed);
      },
      check(bytes) {
        checkStart(job, bytes);
        const kernels = sharedKernels();
        kernels.clear();
        const read = attempt(() =>
          readWeights({ name: "weights", bytes }, kernels, network, input, {
            batchSize,
            dropout,
            relation: lessOrEqual,
          }),
        );
        if (!read) return "refused";
        const given = decodeSafetensors({ name: "weights", bytes });
        const { mean, deviation } = read.scale;
        require(plainNumber(given.metadata.pixel_mean ?? "") === mean, `a mean of ${mean}`);
        require(plainNumber(given.metadata.pixel_standard_deviation ?? "") ===
          deviation, `a deviation of ${deviation}`);
        require(deviation > 0, `a deviation of ${deviation}`);
        for (const tensor of read.model.state()) {
          const stored = given.tensors.find(({ name }) => name === tensor.name);
          require(same(stored?.data, tensor.read(kernels).slice()), `another ${tensor.name}`);
        }
        return "accepted";
      },
    };
  },
};
