import { expect, it } from "vitest";
import { syntheticReproduction } from "../../../../../test/support/reproduction.js";
import type { Annotations } from "../../../../core/runs/annotations.js";
import { groupRuns } from "../../../../core/runs/groups.js";
import { inOrder } from "../../../../core/runs/order.js";
import { groupTable, runTable } from "./tables.js";

const usual = syntheticReproduction({ rounds: 3 }).records;
const short = syntheticReproduction({
  rounds: 1,
  seed: 7,
  overrides: { epochs: 3 },
  errors: { mlp: { train: 10, test: 250 } },
}).records;
const foreign = short.map((record) => ({ ...record, id: "f".repeat(16), architecture: "another" }));
const family = short.map((record) => ({ ...record, id: "e".repeat(16), architecture: "trunk+sharing" }));
const records = [...foreign, ...family, ...short, ...usual];
/** Noon of a day, in this machine's time zone: the later in `records`, the later. */
const used = new Map(records.map(({ id }, i) => [id, new Date(2026, 0, 1 + i, 12).getTime()]));
const shortNames = new Map(records.map(({ id }) => [id, id.slice(0, 6)]));
const none: ReadonlyMap<string, Annotations> = new Map();
const tagged: ReadonlyMap<string, Annotations> = new Map(
  usual.slice(0, 4).map(({ id }, i) => [id, { tags: i === 0 ? ["baseline", "keep"] : ["keep"], note: "" }]),
);
const groups = inOrder(groupRuns(records), used);

it("groups come in the registry's order, then the trunk family, then by name; the last used first", () => {
  expect(groups.map(({ architecture, config }) => [architecture, config.epochs])).toEqual([
    ["mlp", 25],
    ["mlp", 3],
    ["simple-cnn", 25],
    ["weight-sharing", 25],
    ["weight-sharing-auxiliary", 25],
    ["one-by-one", 25],
    ["trunk+sharing", 3],
    ["another", 3],
  ]);
});

it("a row has mean, deviation and interval over the group's rounds, and its last run", () => {
  const rows = groupTable(groups, { used, short: new Map(), annotations: none }, Number.POSITIVE_INFINITY)
    .toString()
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) =>
      line
        .split("│")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows[0]).toEqual([
    "architecture",
    "settings",
    "n",
    "seeds",
    "test error",
    "95% interval",
    "train error",
    "last used",
    "run",
  ]);
  // 17.0, 18.9 and 20.8%: their mean is 18.9%, their deviation 1.9 points.
  expect(rows[1]?.slice(0, 5)).toEqual(["mlp", "", "3", "0–2", "18.9% ± 1.9 pt"]);
  expect(rows[1]?.[5]).toMatch(/^1\d\.\d–2\d\.\d%$/);
  expect(rows[1]?.slice(7)).toEqual(["2026-01-06 12:00", usual[2]?.id]);
  // A round with shift −1: nine tenths of 250 and 10 in a thousand.
  expect(rows[2]).toEqual(["mlp", "epochs 3", "1", "7", "22.5%", "–", "0.90%", "2026-01-03 12:00", short[0]?.id]);
});

it.each([80, 100, 120, 160])("tables keep to %i columns", (width) => {
  const tables = [none, tagged].flatMap((annotations) => [
    groupTable(groups, { used, short: shortNames, annotations }, width),
    runTable(groups, annotations, width),
  ]);
  for (const table of tables) {
    const lengths = new Set(
      table
        .toString()
        .split("\n")
        .map(({ length }) => length),
    );
    expect(lengths.size).toBe(1);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(width);
    expect(table.toString()).toContain("weight-sharing-");
  }
});

it("a row of its own for each run, by seed", () => {
  const seeds = runTable(groups, none, 200)
    .toString()
    .match(/│ mlp .*│/g)
    ?.map((line) => line.split("│")[3]?.trim());
  expect(seeds).toEqual(["0", "1", "2", "7"]);
});

it("tags have a column where there are some: of a group, with how many of its runs have each", () => {
  const cells = (line: string | undefined) => line?.split("│").map((cell) => cell.trim());
  const ofGroups = groupTable(groups, { used, short: shortNames, annotations: tagged }, Number.POSITIVE_INFINITY);
  const [, head, , ...rows] = ofGroups.toString().split("\n").map(cells);
  const column = head?.indexOf("tags") ?? -1;
  expect(rows.slice(0, 3).map((row) => row?.[column])).toEqual(["baseline (1 of 3), keep", "", "keep (1 of 3)"]);
  const ofRuns = runTable(groups, tagged, Number.POSITIVE_INFINITY).toString().split("\n").map(cells);
  const [, runHead, , first, second] = ofRuns;
  expect([first, second].map((row) => row?.[runHead?.indexOf("tags") ?? -1])).toEqual(["baseline, keep", "keep"]);
});
