/** A contestant: node race.js FOLDER ARCHITECTURE usual|best. */
import { setFlagsFromString } from "node:v8";
import { defaultDevice, init, jit, numpy as np, random, tree, valueAndGrad } from "@jax-js/jax";
import { answerRequests } from "../javascript/answer.js";
import { readTask, select } from "../javascript/task.js";
import { adam } from "./adam.js";
import * as best from "./best.js";
import { lossOf } from "./network.js";
import * as usual from "./usual.js";

const [folder, architecture, written] = process.argv.slice(2);
// Newer Node.js has it without the flag.
if (written === "best") setFlagsFromString("--experimental-wasm-relaxed-simd");
await init("wasm");
defaultDevice("wasm");
const task = readTask(folder, architecture);
const form = { usual, best }[written];
const readImages = form.reader(task);

function start(dropout) {
  const weights = [...task.weights].filter(([name]) => !name.endsWith("num_batches_tracked"));
  const isRunning = ([name]) => name.includes(".running_");
  const arrays = (entries) =>
    Object.fromEntries(
      entries.map(([name, tensor]) => {
        const { shape, data } = form.arrange(tensor);
        return [name, np.array(data).reshape(shape)];
      }),
    );
  let params = arrays(weights.filter((entry) => !isRunning(entry)));
  let running = arrays(weights.filter(isRunning));
  const zeros = () => tree.map((array) => np.zeros(array.shape), params);
  let moments = [zeros(), zeros()];
  let key = random.key(0);
  let count = 0;

  const update = jit((params, running, moments, batch, key, corrections) => {
    const loss = lossOf(task, form, dropout);
    const [[value, nextRunning], gradients] = valueAndGrad(loss, { hasAux: true })(
      tree.ref(params),
      running,
      batch,
      key,
    );
    const [nextParams, nextMoments] = adam(params, gradients, moments, corrections, task.learningRate);
    return [value, nextParams, nextRunning, nextMoments];
  });

  return {
    async step(indices) {
      count++;
      const { classes, targets } = select(task, indices);
      const batch = { images: readImages(indices), classes: np.array(classes), targets: np.array(targets) };
      const corrections = np.array(new Float32Array([1 - 0.9 ** count, 1 - 0.999 ** count]));
      const [own, rest] = splitKey(key);
      key = rest;
      const next = update(params, running, moments, batch, own, corrections);
      await form.settle(next);
      let loss;
      [loss, params, running, moments] = next;
      return loss;
    },
    async read(loss) {
      const [value] = await loss.data();
      return value;
    },
  };
}

function splitKey(key) {
  const keys = random.split(key);
  return [keys.ref.slice(0), keys.slice(1)];
}

await answerRequests(task, start);
