import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { paperTables } from "./tables.js";

test("both tables, ours beside the paper's", () => {
  const { reproduction } = syntheticReproduction();
  expect(paperTables(reproduction)).toMatchInlineSnapshot(`
    [
      {
        "caption": "Ours: mean ± standard deviation over 3 rounds; the paper's over n, which it does not say. A verdict that takes more than two rounds of the paper says so, and is open with fewer.",
        "columns": [
          "",
          "MLP",
          "one-by-one",
        ],
        "rows": [
          [
            "Parameters",
            "89,712",
            "43,274",
          ],
          [
            "Train error, ours",
            "0.30% ± 0.00 pt",
            "0.10% ± 0.00 pt",
          ],
          [
            "Train error, paper",
            "0.16% ± 0.25 pt",
            "13.0% ± 0.91 pt",
          ],
          [
            "Test error, ours",
            "18.9% ± 1.9 pt",
            "2.7% ± 0.30 pt",
          ],
          [
            "95% interval, ours",
            "14.2–23.6%",
            "2.0–3.4%",
          ],
          [
            "Test error, paper",
            "19.5% ± 1.0 pt",
            "12.54% ± 0.95 pt",
          ],
          [
            "Test error, verdict",
            "open",
            "lower",
          ],
          [
            "Wall-clock time, median",
            "4.3 s",
            "4.3 s",
          ],
          [
            "Wall-clock time, range",
            "4.0 s to 4.5 s",
            "4.0 s to 4.5 s",
          ],
        ],
        "title": "Table VII: no hint, and the rule itself as the hint",
      },
      {
        "caption": "Ours: mean ± standard deviation over 3 rounds; the paper's over n, which it does not say. A verdict that takes more than two rounds of the paper says so, and is open with fewer.",
        "columns": [
          "",
          "simple CNN",
          "weight sharing",
          "weight sharing + auxiliary loss",
        ],
        "rows": [
          [
            "Parameters",
            "76,386",
            "75,202",
            "88,268",
          ],
          [
            "Train error, ours",
            "0.53% ± 0.06 pt",
            "0.60% ± 0.10 pt",
            "0.20% ± 0.00 pt",
          ],
          [
            "Train error, paper",
            "1.3% ± 2.36 pt",
            "1.5% ± 1.8 pt",
            "0.2% ± 0.24 pt",
          ],
          [
            "Test error, ours",
            "19.2% ± 1.9 pt",
            "14.4% ± 1.4 pt",
            "8.4% ± 0.80 pt",
          ],
          [
            "95% interval, ours",
            "14.5–23.9%",
            "10.9–17.9%",
            "6.4–10.4%",
          ],
          [
            "Test error, paper",
            "19.0% ± 3.25 pt",
            "18.0% ± 1.4 pt",
            "8.5% ± 0.93 pt",
          ],
          [
            "Test error, verdict",
            "open",
            "n ≥ 42: lower",
            "open",
          ],
          [
            "Wall-clock time, median",
            "4.3 s",
            "4.3 s",
            "4.3 s",
          ],
          [
            "Wall-clock time, range",
            "4.0 s to 4.5 s",
            "4.0 s to 4.5 s",
            "4.0 s to 4.5 s",
          ],
        ],
        "title": "Table VIII: what weight sharing and the auxiliary loss are worth",
      },
    ]
  `);
});

test("one round has no spread and no interval", () => {
  const [table] = paperTables(syntheticReproduction({ rounds: 1 }).reproduction);
  expect(table?.caption).toMatch(/one round/);
  expect(table?.rows.find(([label]) => label === "Test error, ours")).toEqual([
    "Test error, ours",
    "17.0% ± –",
    "2.4% ± –",
  ]);
  expect(table?.rows.find(([label]) => label === "95% interval, ours")).toEqual(["95% interval, ours", "–", "–"]);
});

test("two rounds have one row for the interval that they lack, though verdicts on single pairs are known", () => {
  const { reproduction } = syntheticReproduction({ rounds: 2 });
  const general = { of: "images", ci95: null, imagesSd: 0.01, trainingOverlap: 0.03 } as const;
  const architectures = reproduction.architectures.map((row) => ({ ...row, general }));
  const labels = paperTables({ ...reproduction, architectures })[0]?.rows.map(([label]) => label);
  expect(labels?.filter((label) => label?.includes("interval"))).toEqual(["95% interval, ours"]);
});

test("architectures that were not run are left out, and so is a table without any", () => {
  const { reproduction } = syntheticReproduction({ errors: { "weight-sharing": { train: 6, test: 144 } } });
  const tables = paperTables(reproduction);
  expect(tables.map(({ columns }) => columns)).toEqual([["", "weight sharing"]]);
});

test("every row has a cell for each column, and the terminal's 100 columns are enough", () => {
  for (const { columns, rows } of paperTables(syntheticReproduction({ rounds: 30 }).reproduction)) {
    for (const row of rows) expect(row).toHaveLength(columns.length);
    const widths = columns.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)));
    const [padding, border] = [2, 1];
    expect(widths.reduce((sum, width) => sum + width + padding + border, border)).toBeLessThanOrEqual(100);
  }
});
