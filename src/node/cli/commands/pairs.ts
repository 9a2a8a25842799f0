import { classCounts } from "../../../core/data/drawing.js";
import { inputOf } from "../../../core/data/images.js";
import { type Pairs, pairSetOf } from "../../../core/data/pairs.js";
import { pairCounts } from "../../../core/experiments/shared/apparatus.js";
import { encodeSafetensors, type NamedTensor } from "../../../core/formats/index.js";
import { SETTINGS } from "../../../core/settings/table.js";
import type { SettingOverrides } from "../../../core/settings/training-settings.js";
import { rulesFor } from "../../../core/training/job.js";
import { choiceFor } from "../../data/keep.js";
import { loadDataset } from "../../data/load-dataset.js";
import { writeWhole } from "../../files.js";
import { type ImageArguments, imagesAsked, type PairSettings } from "../options.js";
import { PAIR_OPTIONS } from "../pair-names.js";
import { remark } from "../terminal/output.js";

export type PairsOptions = ImageArguments &
  PairSettings & {
    readonly out: string;
    readonly seed: number;
    readonly pairs?: number;
    readonly quiet?: true;
  };

/** `pairlab pairs`: writes what one round trains on and is tested on. */
export async function exportPairs(options: PairsOptions): Promise<void> {
  const { out, seed, pairs, relation, balance, split, reuse, data, quiet } = options;
  const given = Object.entries({ relation, trainPairs: pairs, balance, split, reuse }).filter(
    ([, value]) => value !== undefined,
  );
  const asked: SettingOverrides = { evaluateOn: SETTINGS.evaluateOn.usual, ...Object.fromEntries(given) };
  const usual = { trainPairs: SETTINGS.trainPairs.usual, testPairs: SETTINGS.testPairs.usual };
  const choice = choiceFor(data, seed, { ...usual, ...asked }, PAIR_OPTIONS);
  const images = await loadDataset(data, { ...imagesAsked(options), choice });
  const dataset = {
    ...images.identity,
    shape: inputOf(images.train),
    classCounts: Array.from(classCounts(images.train)),
  };
  const counts = pairCounts(asked, [seed], { dataset: images });
  const { train, test } = pairSetOf(images, seed, rulesFor({ ...asked, ...counts }, dataset));
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
