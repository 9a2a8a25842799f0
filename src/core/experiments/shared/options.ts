import { imageOptionTexts } from "../../data/image-options.js";
import { optionText } from "../../settings/options.js";
import type { SettingName } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { isMnist } from "../../training/job.js";
import type { ExperimentContext } from "./context.js";

/** Settings as the command line takes them: "--learning-rate 0.004", "--nesterov". */
export const optionsFor = (settings: SettingOverrides): string[] =>
  Object.entries(settings).flatMap(([setting, value]) =>
    value === undefined ? [] : optionText(setting as SettingName, value),
  );

/** The options for images and arithmetic that are not the usual ones. A report cannot know its reader's folder of images. */
export const apparatusOptions = ({ dataset, engine }: Pick<ExperimentContext, "dataset" | "engine">): string[] => [
  ...(isMnist(dataset) ? [] : ["--data DIR"]),
  ...imageOptionTexts(dataset.asked ?? {}),
  ...(engine.simd === "base" ? [] : [`--simd ${engine.simd}`]),
];
