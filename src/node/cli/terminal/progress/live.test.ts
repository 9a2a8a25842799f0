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

test("what goes wrong often leaves the rows their place, and stands there whole in the end", () => {
  const { view, last } = viewOf(80, 24);
  const progress = liveProgress(jobs, view);
  for (let i = 0; i < 20; i++) progress.show({ kind: "notice", text: `outage ${i}` });
  vi.advanceTimersByTime(100);
  expect(last().slice(0, 9)).toEqual([
    "13 earlier lines",
    ...Array.from({ length: 7 }, (_, i) => `outage ${13 + i}`),
    expect.stringMatching(/^mlp .+ 0\/2$/),
  ]);
  expect(last()).toHaveLength(8 + 5 + 1);
  progress.end();
  expect(last().slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => `outage ${i}`));
});

test("workers of a queue have a line each, or one in all where there is no room", () => {
  const workers = ["one", "two", "three"].map((host, i) => ({
    ...{ host, threads: 2 },
    running: jobs.slice(0, i).map((job, epoch) => ({ job, epoch })),
  }));
  const seen = (rows: number) => {
    const { view, last } = viewOf(80, rows);
    const progress = liveProgress(jobs, view);
    progress.show({ kind: "workers", workers });
    progress.end();
    return last().slice(-workers.length - 1, -1);
  };
  const named = (job: Job | undefined) => `${job?.architecture} ${job?.seed}`;
  expect(seen(30)).toEqual([
    `${"one".padEnd(26)} 0 of 2 threads`,
    `${"two".padEnd(26)} 1 of 2 threads  ${named(jobs[0])}: 0/3`,
    `${"three".padEnd(26)} 2 of 2 threads  ${named(jobs[0])}: 0/3  ${named(jobs[1])}: 1/3`.slice(0, 80),
  ]);
  expect(seen(6).at(-1)).toBe("3 workers: 3 runs in training");
});

test("hosts with wide letters or with controls are aligned, and their lines are no wider than the terminal", () => {
  const hosts = ["東京", "한국어".repeat(20), "a\u001B[2J"];
  const { view, last } = viewOf(60, 30);
  const progress = liveProgress(jobs, view);
  progress.show({ kind: "workers", workers: hosts.map((host) => ({ host, threads: 2, running: [] })) });
  progress.end();
  expect(last().slice(-4, -1)).toEqual([
    `東京${" ".repeat(22)} 0 of 2 threads`,
    "한국어".repeat(10),
    `a\\x1b[2J${" ".repeat(18)} 0 of 2 threads`,
  ]);
});

test("epochs of a queue's workers fill the bars", () => {
  const { view, last } = viewOf(80, 30);
  const progress = liveProgress(jobs, view);
  const [job] = jobs as [Job];
  progress.show({ kind: "epoch", job, epoch: { epoch: 3 }, host: "there" });
  progress.show({ kind: "notice", text: "lost Redis" });
  progress.end();
  expect(last()[0]).toBe("lost Redis");
  expect(last()[1]).toContain("█".repeat(12));
});
