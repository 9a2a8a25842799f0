import type { Augmentation } from "../../data/augmentation.js";
import { augmentationWords } from "../../settings/augmentation-words.js";
import type { SettingOverrides } from "../../training/job.js";
import type { ExperimentContext } from "./context.js";

/** The name of a setting's option on the command line: "learning-rate" of `learningRate`. */
export const optionOf = (setting: string): string =>
  setting === "trainPairs" ? "pairs" : setting.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Settings as the command line takes them: "--learning-rate 0.004", "--nesterov". */
export const optionsFor = (settings: SettingOverrides): string[] =>
  Object.entries(settings).flatMap(([setting, value]) => {
    if (value === undefined || value === false) return [];
    const option = `--${optionOf(setting)}`;
    if (value === true) return [option];
    return [`${option} ${setting === "augmentation" ? augmentationWords(value as Augmentation) : value}`];
  });

/** What a command line says of images and arithmetic that are not the usual ones. A report does not tell where its reader keeps images. */
export const apparatusOptions = ({ dataset, engine }: Pick<ExperimentContext, "dataset" | "engine">): string[] => [
  ...(dataset.name === "MNIST" ? [] : ["--data DIR"]),
  ...(engine.simd === "base" ? [] : [`--simd ${engine.simd}`]),
];
