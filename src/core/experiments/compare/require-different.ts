import { InvalidRequest } from "../../errors.js";
import { settingsKey } from "../../runs/groups.js";
import type { RunConfig } from "../../training/job.js";

/**
 * Checks that architectures can be compared.
 *
 * @param compared  each with the configuration of its runs, where that is known
 * @throws InvalidRequest if there are fewer than two, one is named twice, or two have the same network and settings
 */
export function requireDifferent(
  compared: readonly { readonly name: string; readonly config?: RunConfig | undefined }[],
): void {
  const all = compared.map(({ name, config }) => ({ name, key: config && settingsKey(config) }));
  if (all.length < 2)
    throw new InvalidRequest(
      `only ${all.map(({ name }) => name).join("") || "none"} is given: a comparison needs at least two architectures`,
    );
  all.forEach(({ name, key }, i) => {
    const same = all.slice(0, i).find((other) => other.name === name || (key !== undefined && other.key === key));
    if (same)
      throw new InvalidRequest(
        same.name === name
          ? `${name} is named twice: a comparison needs different architectures`
          : `${same.name} and ${name} are the same network with the same settings: a comparison needs different ones`,
      );
  });
}
