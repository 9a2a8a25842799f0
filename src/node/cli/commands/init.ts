import { access } from "node:fs/promises";
import { basename } from "node:path";
import { InvalidRequest } from "../../../core/errors.js";
import { CONFIG_NAMES } from "../../config/find.js";
import { writeWhole } from "../../files.js";
import { print } from "../terminal/output.js";

/** What a new file has: a network that trains as it is, and beside it in comments what else there may be. */
const TEMPLATE = `import { batchNorm, convolution, defineConfig, flatten, linear, maxPool, relu } from "pairlab";

export default defineConfig({
  // Networks of your own. Every command takes them by name: npx pairlab train my-network
  architectures: [
    {
      name: "my-network",
      // What reports call it.
      title: "my network",
      // The trunk sees one image at a time, with the same weights for both, and ends flat.
      trunk: [
        convolution(16, 3, { padding: 1 }),
        batchNorm(),
        relu(),
        maxPool(2),
        convolution(32, 3, { padding: 1 }),
        batchNorm(),
        relu(),
        maxPool(2),
        flatten(),
        linear(10),
      ],
      // The head sees what the trunk made of both, and ends in 2 numbers: no and yes. For "do these match?", begin it with matching().
      head: [linear(64), relu(), linear(2)],
      // A loss for naming each image's class: the trunk must end in a number for each class. Leave it out where there are no classes.
      auxiliaryWeight: 0.5,
      // How it is trained. What you leave out is usual.
      epochs: 25,
      batchSize: 50,
      optimizer: "adam",
      learningRate: 0.001,
    },
  ],

  // Your images, relative to this file: a folder of classes, IDX files, a zip, or a list of pairs. Without it they are MNIST.
  // data: "pictures",

  // The question about a pair: less-or-equal (the default), less, equal, same-parity, sum-at-least-10, distance-at-most-1, or a table's file.
  // relation: "equal",

  // Defaults of options, as --rounds 30 would be. An option on the command line goes first.
  // defaults: { rounds: 30, pairs: 1000, size: "32x32" },
});
`;

/** `pairlab init`: a commented configuration. @throws InvalidRequest where there is one already, or the name is another */
export async function writeConfig(file: string): Promise<void> {
  const names = CONFIG_NAMES.filter((name) => !name.endsWith(".json"));
  if (!names.includes(basename(file)))
    throw new InvalidRequest(`a configuration is called ${names.join(", ")}, not ${basename(file)}`);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new InvalidRequest(`${file} is there already, and is kept: name another file, or move it away`);
  await writeWhole(file, TEMPLATE);
  print(`${file} is written. To see its network: npx pairlab architectures; to train it: npx pairlab train my-network`);
}
