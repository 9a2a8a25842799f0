import { OPTIMIZERS, type OptimizerName } from "../../engine/optimizers/registry.js";
import { InvalidRequest } from "../../errors.js";
import { quoted } from "../../given.js";
import { didYouMean } from "../../text/nearest.js";

/**
 * Optimizers by their names, separated by commas, or all that a network can be trained with.
 *
 * @throws InvalidRequest for an unknown name, with the nearest
 */
export function parseOptimizers(text: string): OptimizerName[] | "all" {
  if (text.trim() === "all") return "all";
  return text.split(",").map((part) => {
    const name = part.trim();
    const known = OPTIMIZERS.find((optimizer) => optimizer === name);
    if (known) return known;
    const nearest = didYouMean(name, ["all", ...OPTIMIZERS]);
    throw new InvalidRequest(
      `--optimizers: there is no ${quoted(name)}${nearest || "."} There are ${OPTIMIZERS.join(", ")}`,
    );
  });
}
