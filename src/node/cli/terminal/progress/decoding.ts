import { count, nounFor } from "../../../../core/text/format.js";
import { type LiveView, liveView, remark } from "../output.js";

/** What is done sooner is not worth a line. */
const QUIET_MS = 1000;

/** One line while pictures are decoded, where that takes over a second; none with `quiet`. */
export function decodingProgress(quiet: boolean): { show(done: number, total: number): void; end(): void } {
  const started = performance.now();
  let view: Promise<LiveView | undefined> | undefined;
  let latest = "";
  return {
    show(done, total) {
      if (quiet || performance.now() - started < QUIET_MS) return;
      latest = `decoding pictures: ${count(done)} of ${count(total)}`;
      if (!view) {
        view = liveView();
        view.then((found) => found ?? remark(`decoding ${count(total)} ${nounFor(total, "picture")}`));
      }
      view.then((found) => found?.draw([latest]));
    },
    end() {
      view?.then((found) => found?.end());
    },
  };
}
