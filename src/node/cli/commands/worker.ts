import { InvalidRequest } from "../../../core/errors.js";
import { percent } from "../../../core/text/format.js";
import { divergedInWords } from "../../../core/training/divergence.js";
import type { RunRecord } from "../../../core/training/run.js";
import { loadDataset } from "../../data/load-dataset.js";
import { engineIdentity, loadKernels, type Simd } from "../../kernels.js";
import { queueAddress } from "../../queue/address.js";
import { loadPackages } from "../../queue/connect.js";
import { checkBits } from "../../queue/probe.js";
import { inWords } from "../../queue/protocol.js";
import { work as workFor } from "../../queue/work.js";
import { type ImageArguments, imagesAsked } from "../options.js";
import { endProcess, interruptible } from "../terminal/interrupts.js";
import { remark } from "../terminal/output.js";
import { decodingProgress } from "../terminal/progress/index.js";

export interface WorkerOptions extends ImageArguments {
  readonly queue?: string;
  readonly workers: number;
  readonly simd: Simd;
  readonly quiet?: true;
}

/** `pairlab worker`: trains what a queue has, until an interrupt; then it finishes what it has begun. */
export async function work(options: WorkerOptions): Promise<void> {
  const { queue, workers, simd, data } = options;
  const quiet = options.quiet === true;
  const address = queueAddress(queue);
  if (!address)
    throw new InvalidRequest(
      "no queue is named: give --queue redis://HOST:PORT, or set PAIRLAB_QUEUE in the environment",
    );
  await loadPackages();
  const kernels = loadKernels(simd);
  checkBits(kernels, simd);
  const progress = decodingProgress(quiet);
  const asked = { ...imagesAsked(options), onProgress: progress.show };
  const dataset = await loadDataset(data, asked).finally(progress.end);
  const engine = engineIdentity(simd);
  await interruptible((signal) =>
    workFor({
      ...{ address, dataset, engine, kernels, threads: workers, signal },
      onReady(name) {
        const has = inWords(engine, dataset.identity.name);
        const ready = `${address.shown}: waiting for runs of ${has} (${name}), ${workers} at a time; Ctrl-C ends it after its runs`;
        if (!quiet) remark(ready);
      },
      onTrained(record) {
        if (!quiet) remark(trained(record));
      },
      onNotice: remark,
    }),
  );
  // Where Redis is away, BullMQ tries again and again, and would keep the process.
  await endProcess();
}

function trained({ id, architecture, seed, config, testError, diverged }: RunRecord): string {
  const result = diverged ? divergedInWords(diverged) : `${config.evaluateOn} error ${percent(testError)}`;
  return `run ${id} (${architecture}, seed ${seed}): ${result}`;
}
