import type { Job } from "../../../core/index.js";
import { remark } from "../output.js";
import { linesProgress } from "./lines.js";
import { liveProgress } from "./live.js";
import type { Progress } from "./progress.js";

/** A live view on a terminal, plain lines elsewhere; with `quiet`, only what went wrong. */
export function chooseProgress(jobs: readonly Job[], quiet: boolean): Progress {
  if (quiet)
    return {
      show: (event) => event.kind === "damaged" && remark(`${event.damage}: training it again`),
      end() {},
    };
  return process.stderr.isTTY ? liveProgress(jobs, process.stderr) : linesProgress(jobs, remark);
}
