import type { SeenImages } from "../../images/seen.js";

/** What each of the paper's networks is told of the task, in its own sentence; undefined for other networks. */
export function hintOf(name: string, { shape, isDigits }: SeenImages): string | undefined {
  const { height, width, channels } = shape;
  const [several, each] = isDigits ? ["digits", "They show digits"] : ["classes", "Each has a class"];
  const hints: Readonly<Record<string, string>> = {
    mlp: `${2 * height * width * channels} ${channels === 1 ? "pixels" : "values"}, no idea that they are pictures.`,
    "simple-cnn": "Neighbouring pixels belong together.",
    "weight-sharing": "Both pictures are of one kind.",
    "weight-sharing-auxiliary": `${each}, and here is which.`,
    "one-by-one": `So compare the ${several}.`,
  };
  return hints[name];
}
