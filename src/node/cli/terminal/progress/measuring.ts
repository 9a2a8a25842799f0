import { count } from "../../../../core/text/format.js";
import type { MeasuringEvent } from "../../../workers/measure-runs.js";
import { liveView, remark } from "../output.js";

/** One line while networks are measured, redrawn on a terminal; none with `quiet`. */
export async function measuringProgress(quiet: boolean): Promise<{ show(event: MeasuringEvent): void; end(): void }> {
  if (quiet) return { show() {}, end() {} };
  const what = (pairs: number) => `measuring trained networks on all ${count(pairs)} test pairs`;
  const view = await liveView();
  if (!view)
    return {
      show({ done, networks, pairs }) {
        if (done === 0) remark(`${what(pairs)}: ${networks}`);
      },
      end() {},
    };
  return { show: ({ done, networks, pairs }) => view.draw([`${what(pairs)}: ${done} of ${networks}`]), end: view.end };
}
