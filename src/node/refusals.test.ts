import { describe, expect, test } from "vitest";
import { smallJob } from "../../test/support/jobs.js";
import { InvalidRequest } from "../core/errors.js";
import * as library from "./index.js";

// As written without types.
// biome-ignore lint/suspicious/noExplicitAny: a JavaScript program's
const pairlab = library as any;
const store = () => new pairlab.RunStore("nowhere");
const ID = "a run's id must be 16 digits of 0 to 9 and a to f, not";
const job = smallJob("mlp");

describe("the library for Node.js refuses in one line:", () => {
  test.each<[string, () => unknown, string]>([
    ["a checkpoint out of the store", () => store().saveCheckpoint("../x", new Uint8Array(1)), `${ID} "../x"`],
    ["an id that is none", () => store().find("latest"), `${ID} "latest"`],
    ["a number as an id", () => store().epochs(3), `${ID} 3`],
    ["a claim on a folder", () => store().claim("."), `${ID} "."`],
    ["to set a folder aside", () => store().setAside(".."), `${ID} ".."`],
    ["a reference that is none", () => store().resolve(undefined), "a run's id, its beginning, or latest is missing"],
    ["a store without a folder", async () => new pairlab.RunStore(undefined), "the run store's folder is missing"],
    [
      "an unknown build",
      async () => pairlab.loadKernels("fast"),
      `the kernels' build must be one of base, fused, not "fast"`,
    ],
    [
      "its identity",
      async () => pairlab.engineIdentity("fast"),
      `the kernels' build must be one of base, fused, not "fast"`,
    ],
    [
      "fewer threads than none",
      async () => pairlab.startThreads(-1),
      "threads must be a whole number from 1 to 1024, not -1",
    ],
    [
      "a folder that is no text",
      () => pairlab.loadDataset(3),
      "the folder of images must be a text that is not empty, not 3",
    ],
    ["a changed job", () => pairlab.runJobs([{ ...job, seed: 9 }], {}), `job "${job.id}" was changed`],
    ["jobs without a data set", () => pairlab.runJobs([job], {}), "dataset is missing: it must be an object"],
  ])("%s", async (_, call, says) => {
    const refusal = await Promise.resolve()
      .then(call)
      .catch((error: Error) => error as unknown);
    expect(refusal).toBeInstanceOf(InvalidRequest);
    const { message } = refusal as InvalidRequest;
    expect(message).toContain(says);
    expect(message).not.toContain("\n");
  });
});
