import { Command, Option } from "@commander-js/extra-typings";
import { encodeSafetensors, type NamedTensor, type Pairs, samplePairSet } from "../../core/index.js";
import { loadDataset } from "../data/dataset.js";
import { writeWhole } from "../files.js";
import { dataOption, seedOption, whole } from "./options.js";
import { remark } from "./output.js";

export const pairsCommand = () =>
  new Command("pairs")
    .description("a round's pair sets, for other tools")
    .requiredOption("--out <file>", "the safetensors file to write")
    .addOption(seedOption())
    .addOption(new Option("--pairs <count>", "training pairs").argParser(whole(1, 1_000_000)).default(1000))
    .addOption(dataOption())
    .option("--quiet", "say nothing")
    .action(async ({ out, seed, pairs, data, quiet }) => {
      const { train, test } = samplePairSet(await loadDataset(data), seed, { trainPairs: pairs });
      await writeWhole(out, encodeSafetensors([...tensorsOf("train", train), ...tensorsOf("test", test)]));
      if (!quiet) remark(`${out}: ${train.count} training and ${test.count} test pairs of seed ${seed}`);
    });

function tensorsOf(set: string, { count, channels, height, width, images, targets, classes }: Pairs): NamedTensor[] {
  return [
    { name: `${set}_input`, shape: [count, 2 * channels, height, width], data: images },
    { name: `${set}_target`, shape: [count], data: BigInt64Array.from(targets, BigInt) },
    { name: `${set}_classes`, shape: [count, 2], data: BigInt64Array.from(classes, BigInt) },
  ];
}
