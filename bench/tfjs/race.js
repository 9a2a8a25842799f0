/** A contestant: node race.js FOLDER ARCHITECTURE usual|best. */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { answerRequests } from "../javascript/answer.js";
import { readTask } from "../javascript/task.js";
import * as best from "./best.js";
import * as usual from "./usual.js";

const [folder, architecture, written] = process.argv.slice(2);
// The binary that has SIMD and no threads.
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
await tf.setBackend("wasm");
const task = readTask(folder, architecture);
const form = { usual, best }[written];

await answerRequests(task, (dropout) => ({
  step: form.training(task, dropout),
  async read(loss) {
    const [value] = await loss.data();
    return value;
  },
}));
