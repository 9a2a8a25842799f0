import { namedArchitectures } from "../../../core/architectures/registry.js";
import { TRUNK_NAMES } from "../../../core/architectures/trunk.js";
import { DIGIT_PAIRS } from "../../../core/network/index.js";
import { parameterCount } from "../../../core/network/network.js";
import { placeNetwork } from "../../../core/network/place-network.js";
import { networkInWords } from "../../../core/network/words.js";
import { formatTable } from "../terminal/columns.js";
import { print, printJson } from "../terminal/output.js";

/** `pairlab architectures`: the paper's networks, then others, and how to ask for those of the trunk family. */
export function listArchitectures({ json }: { readonly json?: true }): void {
  const listed = namedArchitectures().map(
    ({ name, title, epochs, batchSize, learningRate, optimizer, trunk, head, ...rest }) => {
      const parameters = parameterCount(placeNetwork({ trunk, head, ...rest }, DIGIT_PAIRS));
      const { members } = rest;
      const layers = { trunk, head, ...(members && { members }) };
      return { name, title, parameters, epochs, batchSize, learningRate, optimizer, layers };
    },
  );
  if (json) {
    printJson(listed);
    return;
  }
  const rows = listed.map(({ name, parameters, epochs, batchSize, learningRate, optimizer }) => [
    name,
    parameters.toLocaleString("en"),
    String(epochs),
    String(batchSize),
    `${optimizer} ${learningRate}`,
  ]);
  print(formatTable(["architecture", "parameters", "epochs", "pairs a batch", "optimizer"], rows));
  for (const { name, layers } of listed) {
    print("");
    print(name);
    const { image, pair } = networkInWords(layers);
    const times = layers.members ? `${layers.members} times, averaged: ` : "";
    if (image) print(`  each image  ${times}${image}`);
    print(`  the pair    ${pair}`);
  }
  print("");
  print(`Beside them there is a family: weight-sharing-auxiliary with or without each hint. A name is ${TRUNK_NAMES}.`);
}
