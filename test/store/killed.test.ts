import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stream } from "../../src/core/index.js";
import { RunStore } from "../../src/node/index.js";
import { killedWhen, pairlab, type TemporaryFolder, temporaryFolder, trainedRuns } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const KILLS = 20;
/** Of a reproduction with four rounds. */
const RUNS = 20;

/** A reproduction's numbers without its times, which are the machine's. */
async function resultIn(report: string): Promise<unknown> {
  const { architectures, ...rest } = JSON.parse(await readFile(at(report, "reproduce.json"), "utf8"));
  return {
    ...rest,
    architectures: architectures.map(({ secondsPerRun: _, ...result }: Record<string, unknown>) => result),
  };
}

/** Each finished run's record as a file: another writing would have another inode, and another time in it. */
async function finished(runs: string): Promise<Map<string, { inode: number; text: string }>> {
  const { records } = await new RunStore(at(runs)).records();
  const files = records.map(async ({ id }) => {
    const path = at(runs, id, "run.json");
    return [id, { inode: (await stat(path)).ino, text: await readFile(path, "utf8") }] as const;
  });
  return new Map(await Promise.all(files));
}

test("a reproduction that is killed again and again ends like one that was left alone, and trains no run twice", async () => {
  const reproduce = (name: string) => [
    ...["reproduce", "--rounds", "4", "--epochs", "3", "--pairs", "400"],
    ...["--runs", at(name), "--out", at(`report-${name}`)],
  ];
  const started = performance.now();
  expect(await pairlab(reproduce("alone"))).toMatchObject({ code: 0 });
  const duration = performance.now() - started;

  const draws = new Stream(10, "bootstrap").sample(1000, 1000).values();
  const draw = (below: number): number => (below * (draws.next().value as number)) / 1000;
  let kills = 0;
  let before = await finished("killed");
  while (kills < KILLS) {
    // So many runs are trained, and then some time goes by: that is before the first, within one, or in the report.
    const runs = before.size < RUNS ? Math.floor(draw(3)) : 0;
    const delay = draw(runs > 0 ? duration / RUNS : duration / 3);
    let since: number | undefined;
    const { killed } = await killedWhen(reproduce("killed"), (stderr) => {
      if (trainedRuns(stderr).length >= runs) since ??= performance.now();
      return since !== undefined && performance.now() - since >= delay;
    });
    kills += Number(killed);
    const now = await finished("killed");
    for (const [id, file] of before) expect(now.get(id)).toEqual(file);
    before = now;
  }
  expect(await pairlab(reproduce("killed"))).toMatchObject({ code: 0 });
  const end = await finished("killed");
  for (const [id, file] of before) expect(end.get(id)).toEqual(file);
  expect(end.size).toBe(RUNS);
  expect(await resultIn("report-killed")).toEqual(await resultIn("report-alone"));
  for (const place of ["killed", "report-killed"])
    expect(
      (await readdir(at(place), { recursive: true })).filter((name) => /\.tmp|claims.|checkpoint/.test(name)),
    ).toEqual([]);
}, 300_000);

test("a run that is killed after a checkpoint goes on from there, to the same weights", async () => {
  const train = (runs: string) => [..."train one-by-one --epochs 60 --seed 5 --json --runs".split(" "), at(runs)];
  const alone = await pairlab(train("long-alone"));
  const { id, weightsSha256, epochs } = JSON.parse(alone.stdout);
  const checkpoint = at("long", id, "checkpoint.safetensors");
  const first = await killedWhen(train("long"), () =>
    stat(checkpoint).then(
      () => true,
      () => false,
    ),
  );
  expect(first.killed).toBe(true);
  expect(first.stderr).toMatch(/^epoch 1\/60/);
  expect(await new RunStore(at("long")).records()).toEqual({ records: [], damaged: [], unfinished: 1 });

  const second = await pairlab(train("long"));
  const begins = Number(/^epoch (\d+)\/60/.exec(second.stderr)?.[1]);
  expect(begins).toBeGreaterThan(1);
  const record = JSON.parse(second.stdout);
  expect(record.weightsSha256).toBe(weightsSha256);
  expect(record.epochs).toEqual(epochs);
  expect(await readdir(at("long", id))).not.toContain("checkpoint.safetensors");
}, 120_000);
