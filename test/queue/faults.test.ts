import * as core from "pairlab";
import * as node from "pairlab/node";
import { expect, test } from "vitest";
import { type Library, QUEUE_FAULTS, tryQueueFaults } from "../../bench/faults/queue.js";
import { temporaryFolder } from "../support/pairlab.js";
import { documentedRights } from "../support/queue.js";

/** As it is built; its types are those of other files. */
const library = { ...core, ...node } as unknown as Library;

/** A killed worker's run is taken over some 10 s later. */
const PATIENCE = 300_000;

// `npm run faults` tries them, and others, more often.
test(
  "workers, Redis and submitters that die while runs are on their way lose none, and change no bit",
  async () => {
    const folder = await temporaryFolder();
    try {
      const user = {
        credentials: "pairlab:secret@",
        options: ["--user", "pairlab", "on", ">secret", ...documentedRights()],
      };
      const faults = (["queue-redis", "queue-empty", "queue-full", "queue-submitter", "queue-worker"] as const).map(
        (name) => QUEUE_FAULTS[name],
      );
      const rows = await tryQueueFaults(
        library,
        faults,
        { folder: folder.path, seed: 1, user },
        { times: 1, runs: 4, epochs: 30 },
      );
      expect(rows.map(({ what, fell }) => [what, fell])).toEqual(faults.map(({ what }) => [what, []]));
    } finally {
      await folder.remove();
    }
  },
  PATIENCE,
);
