import { count } from "../../../core/experiments/format.js";
import type { MeasuringEvent } from "../../workers/measure-runs.js";
import { remark } from "../output.js";

/** One line while networks are measured, redrawn on a terminal; none with `quiet`. */
export async function measuringProgress(quiet: boolean): Promise<{ show(event: MeasuringEvent): void; end(): void }> {
  if (quiet) return { show() {}, end() {} };
  const what = (pairs: number) => `measuring trained networks on all ${count(pairs)} test pairs`;
  if (!process.stderr.isTTY)
    return {
      show({ done, networks, pairs }) {
        if (done === 0) remark(`${what(pairs)}: ${networks}`);
      },
      end() {},
    };
  const { createLogUpdate } = await import("log-update");
  const draw = createLogUpdate(process.stderr);
  return {
    show: ({ done, networks, pairs }) => draw(`${what(pairs)}: ${done} of ${networks}`),
    end: () => draw.done(),
  };
}
