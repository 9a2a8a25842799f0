import { divergedInWords } from "../../../core/training/divergence.js";
import { writeWhole } from "../../files.js";
import { RunStore } from "../../runs/store.js";
import { remark } from "../terminal/output.js";

export interface ExportOptions {
  readonly out: string;
  readonly runs: string;
  readonly quiet?: true;
}

/** `pairlab export`: copies a run's weights out of the store. */
export async function exportWeights(reference: string, { out, runs, quiet }: ExportOptions): Promise<void> {
  const { record, weights } = await new RunStore(runs).resolve(reference);
  await writeWhole(out, weights);
  if (record.diverged)
    remark(
      `run ${record.id} ${divergedInWords(record.diverged)}; these are its weights at that step, not those of a trained network`,
    );
  if (!quiet)
    remark(`${out}: ${record.architecture}, seed ${record.seed}, run ${record.id}, SHA-256 ${record.weightsSha256}`);
}
