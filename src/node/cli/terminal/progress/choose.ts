import type { Job } from "../../../../core/index.js";
import { liveView, remark } from "../output.js";
import { linesProgress } from "./lines.js";
import type { Progress } from "./progress.js";
import { trouble } from "./trouble.js";

/** A live view on a terminal, plain lines elsewhere; with `quiet`, only what went wrong, and which process is waited for. */
export async function chooseProgress(jobs: readonly Job[], quiet: boolean): Promise<Progress> {
  if (quiet)
    return {
      show(event) {
        const line = trouble(event);
        if (line) remark(line);
      },
      end() {},
    };
  const view = await liveView();
  if (!view) return linesProgress(jobs, remark);
  const { liveProgress } = await import("./live.js");
  return liveProgress(jobs, view);
}
