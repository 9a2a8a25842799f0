import { Command, Option } from "@commander-js/extra-typings";
import { writeWhole } from "../files.js";
import { RunStore } from "../runs/store.js";
import { runsOption } from "./options.js";
import { remark } from "./output.js";

export const exportCommand = () =>
  new Command("export")
    .description("weights of a finished run, for other tools")
    .argument("<run>", "a run's id, its unambiguous beginning, or latest")
    .addOption(
      new Option("--format <format>", "file format").choices(["safetensors"] as const).default("safetensors" as const),
    )
    .requiredOption("--out <file>", "where the file goes")
    .addOption(runsOption())
    .option("--quiet", "say nothing")
    .action(async (reference, { out, runs, quiet }) => {
      const { record, weights } = await new RunStore(runs).resolve(reference);
      await writeWhole(out, weights);
      if (!quiet)
        remark(
          `${out}: ${record.architecture}, seed ${record.seed}, run ${record.id}, SHA-256 ${record.weightsSha256}`,
        );
    });
