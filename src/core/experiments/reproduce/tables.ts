import { architectures, findArchitecture } from "../../architectures/index.js";
import { ABSENT, count, duration, paperPlusMinus, percentInterval, plusMinus } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { constantInTable } from "../shared/constant-answer.js";
import { captioned, divergedOf } from "../shared/diverged.js";
import { intervalsCaption, intervalWords } from "../shared/general-words.js";
import { CLOCKS } from "../shared/rounds.js";
import type { ReproducedArchitecture, Reproduction } from "./reproduction.js";
import { verdictWords } from "./verdict.js";

/** Those of the paper's Table VII; its others are in Table VIII. */
const TABLE_VII: readonly string[] = ["mlp", "one-by-one"];

const TABLES = [
  { number: "Table VII", title: "no hint, and the rule itself as the hint", seventh: true },
  { number: "Table VIII", title: "what weight sharing and the auxiliary loss are worth", seventh: false },
];

/** Rows whose titles say what the images are. */
const THESE = "95% interval, these images";
const IN_GENERAL = "95% interval, images in general";
/** Rows whose titles say of which clock they are. */
const MEDIAN = "Time, median";
const RANGE = "Time, range";
const titled = (column = ""): string => `95% interval, ${column.replace(/^./, (letter) => letter.toLowerCase())}`;

/** A quantity that the tables show, its text for an architecture, and where it is there if not everywhere. */
const ROWS: readonly (readonly [
  string,
  (result: ReproducedArchitecture) => string,
  ("where diverged" | "where constant" | "beside the paper" | "only these images" | "in general" | "several rounds")?,
])[] = [
  ["Parameters", ({ parameters }) => count(parameters)],
  ["Train error, ours", ({ trainError }) => plusMinus(trainError.mean, trainError.sd)],
  [
    "Train error, paper",
    ({ paper }) => (paper ? paperPlusMinus(paper.trainError, paper.trainSd) : ABSENT),
    "beside the paper",
  ],
  ["Test error, ours", ({ testError }) => plusMinus(testError.mean, testError.sd)],
  ["Rounds that diverged", ({ runs }) => divergedOf(runs) || ABSENT, "where diverged"],
  ["Same answer to every pair", ({ runs }) => constantInTable(runs) || ABSENT, "where constant"],
  ["95% interval, ours", ({ testError }) => percentInterval(testError.ci95), "only these images"],
  [THESE, ({ testError }) => percentInterval(testError.ci95), "in general"],
  [IN_GENERAL, ({ general }) => percentInterval(general?.ci95 ?? null), "in general"],
  [
    "Test error, paper",
    ({ paper }) => (paper ? paperPlusMinus(paper.testError, paper.testSd) : ABSENT),
    "beside the paper",
  ],
  ["Test error, verdict", ({ verdicts }) => verdictWords(verdicts), "beside the paper"],
  [MEDIAN, ({ secondsPerRun: { median } }) => duration(median)],
  [RANGE, ({ secondsPerRun: { least, greatest } }) => `${duration(least)} to ${duration(greatest)}`, "several rounds"],
];

/**
 * The paper's two tables of results, ours beside the paper's: one column for each architecture, as the paper sets them
 * side by side. Architectures that were not run are left out, and so are the paper's numbers where networks are asked something
 * else.
 */
export function paperTables(reproduction: Reproduction): Table[] {
  const { rounds, dataset } = reproduction;
  const beside = reproduction.architectures.every(({ paper }) => paper);
  const alone = rounds === 1 ? "One round, which has no spread." : `Mean ± standard deviation over ${rounds} rounds.`;
  const caption = !beside
    ? alone
    : rounds === 1
      ? "Ours: one round, which has no spread; the paper's: mean ± standard deviation over n rounds, which it does not say."
      : `Ours: mean ± standard deviation over ${rounds} rounds; the paper's over n, which it does not say. A verdict that takes more than two rounds of the paper says so, and is open with fewer.`;
  return TABLES.flatMap(({ number, title, seventh }) => {
    const names = architectures.map(({ name }) => name).filter((name) => TABLE_VII.includes(name) === seventh);
    const shown = names.flatMap((name) => reproduction.architectures.find((result) => result.name === name) ?? []);
    if (shown.length === 0) return [];
    const columns = ["", ...shown.map(({ name }) => findArchitecture(name).title)];
    const generals = shown.map(({ general }) => general);
    const { columns: intervals, inGeneral } = intervalWords(dataset, generals);
    const isShown = {
      "where diverged": shown.some(({ diverged }) => diverged),
      "where constant": shown.some(({ constantRounds }) => constantRounds),
      "beside the paper": beside,
      "only these images": inGeneral === undefined,
      "in general": inGeneral !== undefined,
      "several rounds": rounds > 1,
    };
    const clock = CLOCKS[shown[0]?.secondsPerRun.clock ?? "wall"];
    const titles: Readonly<Record<string, string | undefined>> = {
      ...(inGeneral && { [THESE]: titled(intervals[0]), [IN_GENERAL]: titled(inGeneral) }),
      ...Object.fromEntries([MEDIAN, RANGE].map((label) => [label, label.replace("Time", clock)])),
    };
    const rows = ROWS.filter(([, , where]) => !where || isShown[where]);
    return {
      title: beside ? `${number}: ${title}` : title.replace(/^./, (letter) => letter.toUpperCase()),
      caption: captioned(
        caption + (inGeneral ? intervalsCaption(rounds, "the mean test error", dataset, generals) : ""),
        shown,
      ),
      columns,
      rows: rows.map(([label, cell]) => [
        titles[label] ?? (beside ? label : label.replace(", ours", "")),
        ...shown.map(cell),
      ]),
    };
  });
}
