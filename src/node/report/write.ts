import { join } from "node:path";
import { stringifyJson } from "../../core/formats/json.js";
import type { Reproduction, RunRecord } from "../../core/index.js";
import { checkWritable, writeWhole } from "../files.js";
import { reportContent } from "./content.js";
import { curvesCsv } from "./curves.js";
import { drawFigures } from "./figures.js";
import { reportMarkdown } from "./markdown.js";
import { reportPage } from "./page.js";

/**
 * Writes a reproduction's report into a folder, which is created if it is missing: `report.html`, which stands alone,
 * `report.md`, `reproduce.json`, `curves.csv` and `figures/*.svg`. Each file is written whole or not at all.
 *
 * @param records  the runs that the reproduction sums up, for their settings
 * @throws InvalidRequest when the folder cannot be written.
 */
export async function writeReport(
  directory: string,
  reproduction: Reproduction,
  records: readonly RunRecord[],
): Promise<void> {
  await checkWritable(directory);
  await checkWritable(join(directory, "figures"));
  const figures = await drawFigures(reproduction, records);
  const content = reportContent(reproduction, records, figures);
  const files: Readonly<Record<string, string>> = {
    "reproduce.json": `${stringifyJson(reproduction, 2)}\n`,
    "curves.csv": curvesCsv(reproduction),
    ...Object.fromEntries(
      [figures.testError, ...figures.curves].map(({ fileName, svg }) => [join("figures", fileName), svg]),
    ),
    "report.md": reportMarkdown(content),
    "report.html": reportPage(content),
  };
  for (const [name, text] of Object.entries(files)) await writeWhole(join(directory, name), text);
}
