import { classCounts } from "../../../core/data/drawing.js";
import { inputOf, type Pairs, pairSetOf } from "../../../core/data/pairs.js";
import type { RelationName } from "../../../core/data/relations.js";
import { encodeSafetensors, type NamedTensor } from "../../../core/formats/index.js";
import { SETTINGS } from "../../../core/settings/table.js";
import { relationOf, usualRules } from "../../../core/training/job.js";
import { loadDataset } from "../../data/dataset.js";
import { imagesDrawnBy } from "../../data/keep.js";
import { writeWhole } from "../../files.js";
import { PAIR_OPTIONS } from "../pair-names.js";
import { remark } from "../terminal/output.js";

export interface PairsOptions {
  readonly out: string;
  readonly seed: number;
  readonly pairs: number;
  readonly relation?: RelationName;
  readonly data?: string;
  readonly quiet?: true;
}

/** `pairlab pairs`: writes what one round trains on and is tested on. */
export async function exportPairs({
  out,
  seed,
  pairs,
  relation = SETTINGS.relation.usual,
  data,
  quiet,
}: PairsOptions): Promise<void> {
  const { testPairs, evaluateOn } = SETTINGS;
  const options = { trainPairs: pairs, testPairs: testPairs.usual, evaluateOn: evaluateOn.usual };
  const images = await loadDataset(data, imagesDrawnBy(seed, { ...options, relation }, PAIR_OPTIONS));
  const counts = Array.from(classCounts(images.train));
  const dataset = { ...images.identity, shape: inputOf(images.train), classCounts: counts };
  const rules = { ...usualRules({ relation }, dataset), relation: relationOf({ relation, dataset }) };
  const { train, test } = pairSetOf(images, seed, { ...options, ...rules });
  await writeWhole(out, encodeSafetensors([...tensorsOf("train", train), ...tensorsOf("test", test)]));
  if (!quiet) remark(`${out}: ${train.count} training and ${test.count} test pairs of seed ${seed}`);
}

function tensorsOf(set: string, { count, channels, height, width, images, targets, classes }: Pairs): NamedTensor[] {
  return [
    { name: `${set}_input`, shape: [count, 2 * channels, height, width], data: images },
    { name: `${set}_target`, shape: [count], data: BigInt64Array.from(targets, BigInt) },
    { name: `${set}_classes`, shape: [count, 2], data: BigInt64Array.from(classes, BigInt) },
  ];
}
