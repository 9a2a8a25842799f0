import { count } from "../../../core/experiments/format.js";
import type { MeasuringEvent } from "../../workers/measure-runs.js";
import { remark } from "../output.js";

/** One line while networks are measured: on a terminal how many have been, elsewhere how many there are; none with `quiet`. */
export async function measuringProgress(quiet: boolean): Promise<{ show(event: MeasuringEvent): void; end(): void }> {
  if (quiet) return { show() {}, end() {} };
  if (!process.stderr.isTTY)
    return {
      show({ done, networks, pairs }) {
        if (done === 0) remark(`${networks} trained networks are measured on all ${count(pairs)} test pairs`);
      },
      end() {},
    };
  const { createLogUpdate } = await import("log-update");
  const draw = createLogUpdate(process.stderr);
  return {
    show: ({ done, networks, pairs }) =>
      draw(`${done} of ${networks} trained networks measured on all ${count(pairs)} test pairs`),
    end: () => draw.done(),
  };
}
