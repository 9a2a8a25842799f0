/** A peer's side of the race: a line of JSON for each line of JSON on standard input. */
import { createInterface } from "node:readline";
import { firstBatch, shuffledBatches } from "./task.js";

/**
 * @param {import("./task.js").Task} task
 * @param {(dropout: number) => Promise<Training> | Training} start  a new training from the task's weights
 * @typedef {object} Training
 * @property {(indices: number[]) => unknown} step  trains on a batch; what it gives stands for the loss before
 * @property {(loss: unknown) => Promise<number> | number} read  waits for a loss
 */
export async function answerRequests(task, start) {
  let racing;
  console.log(JSON.stringify({ ready: true }));
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      if (request.do === "check") console.log(JSON.stringify({ losses: await check(request.steps) }));
      else {
        racing ??= await start(task.dropout);
        console.log(JSON.stringify({ milliseconds: await epoch(racing) }));
      }
    } catch (error) {
      console.log(JSON.stringify({ error: error.message.split("\n")[0] }));
    }
  }

  async function check(steps) {
    const training = await start(0);
    const losses = [];
    for (let step = 0; step <= steps; step++) losses.push(await training.read(await training.step(firstBatch(task))));
    return [losses[0], losses[steps]];
  }

  async function epoch(training) {
    const started = performance.now();
    let loss;
    for (const indices of shuffledBatches(task)) loss = await training.step(indices);
    await training.read(loss);
    return performance.now() - started;
  }
}
