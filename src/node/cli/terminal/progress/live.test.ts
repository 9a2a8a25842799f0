import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { syntheticReproduction } from "../../../../../test/support/reproduction.js";
import type { Job } from "../../../../core/training/job.js";
import { type Line, rendered } from "../lines.js";
import type { LiveView } from "../output.js";
import { liveProgress } from "./live.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const { records } = syntheticReproduction({ rounds: 2, overrides: { epochs: 3 } });
const jobs: readonly Job[] = records;

/** A view of some size, and what was drawn on it last, without colours. */
function viewOf(columns: number, rows: number): { readonly view: LiveView; last(): string[] } {
  let drawn: readonly Line[] = [];
  const view: LiveView = {
    columns,
    rows,
    draw(lines) {
      drawn = lines;
    },
    end() {},
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
  return { view, last: () => drawn.map((line) => rendered(line).replaceAll(/\u001B\[\d+m/g, "")) };
}

test.each([1, 2, 5, 20, 40, 80])("no row is wider than %i columns", (columns) => {
  const { view, last } = viewOf(columns, 30);
  const progress = liveProgress(jobs, view);
  for (const record of records) progress.show({ kind: "done", job: record, record, kept: false });
  progress.end();
  expect(last()).toHaveLength(5 + 1);
  for (const row of last()) expect(row.length).toBeLessThanOrEqual(columns);
});

test.each([1, 2, 3, 4])("a terminal of %i rows has the sum and the times", (rows) => {
  const { view, last } = viewOf(80, rows);
  liveProgress(jobs, view).end();
  expect(last().at(-2)).toBe("5 architectures: 0 of 10 runs done");
});

test("what another process or a damaged file says stays one line, without a colour of its own", () => {
  const { view, last } = viewOf(80, 30);
  const progress = liveProgress(jobs, view);
  const [job] = jobs as [Job];
  progress.show({ kind: "waiting", job, holder: { host: "a\u001B[2J\nb", pid: 7 } });
  progress.end();
  expect(last()[0]).toMatch(/ is being trained by process 7 on a\\x1b\[2J\\nb: waiting for it$/);
});
