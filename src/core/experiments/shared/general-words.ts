import { percent } from "../../text/format.js";
import type { DatasetIdentity } from "../../training/index.js";
import { isMnist } from "../../training/job.js";
import type { General } from "./general.js";
import type { Setting } from "./method.js";
import type { Spread } from "./spread.js";

type Named = Pick<DatasetIdentity, "name">;
type Generals = readonly (General | undefined)[];

/** "digits in general", "images in general", "classes in general". */
export const inGeneralOf = (dataset: Named, of: General["of"]): string =>
  `${of === "images" && isMnist(dataset) ? "digits" : of} in general`;

/** "these test images", "these classes": each round tests other ones of all classes. */
export const theseOf = (of: General["of"]): string => (of === "classes" ? "these classes" : "these test images");

/** What is known in general of a mean that has an interval for these images: without that a table says nothing of a second one. */
export const besideFirst = (ci95: Spread["ci95"] | undefined, general: General | undefined): General | undefined =>
  ci95 ? general : undefined;

/** Columns of a table with intervals, by their titles. */
export interface IntervalWords {
  readonly columns: readonly string[];
  /** What intervals in general are about; absent where there are none. */
  readonly inGeneral?: string;
  readonly of: General["of"];
}

/** Whether all rounds train on the same images, which say nothing about others. */
const isOfOne = (each: General | undefined): boolean => each !== undefined && each.trainingOverlap >= 1;

/** "These images" and "Digits in general"; only "95% interval" where no row has the second, or too few rounds have either. */
export function intervalWords(dataset: Named, generals: Generals): IntervalWords {
  const first = generals.find((each) => each && (each.ci95 !== null || isOfOne(each)));
  if (!first) return { columns: ["95% interval"], of: "images" };
  const { of } = first;
  const inGeneral = inGeneralOf(dataset, of).replace(/^./, (letter) => letter.toUpperCase());
  return { columns: [`These ${of}`, inGeneral], inGeneral, of };
}

/**
 * What a caption says about the intervals of a table.
 *
 * @param what  they are of: "the mean"
 */
export function intervalsCaption(rounds: number, what: string, dataset: Named, generals: Generals): string {
  if (rounds === 1) return "";
  const { columns, inGeneral, of } = intervalWords(dataset, generals);
  if (!inGeneral) return ` The 95% interval is that of ${what}.`;
  const none = generals.some(isOfOne) ? ` There is no second one if all rounds train on the same ${of}.` : "";
  return ` 95% intervals are of ${what}: "${columns[0]}" is about ${theseOf(of)}, "${inGeneral}" also covers the draw of others.${none}`;
}

/** How intervals in general are made; nothing where there are none. */
export function generalSettings(generals: Generals): Setting[] {
  const found = generals.filter((each) => each !== undefined);
  const [first] = found;
  if (!first) return [];
  const overlaps = found.map(({ trainingOverlap }) => trainingOverlap);
  const [least, most] = [percent(Math.min(...overlaps)), percent(Math.max(...overlaps))];
  return [
    {
      name: "In general",
      value: `the interval over rounds, widened by what other test ${first.of} would change: the covariance of two rounds' errors by the ${first.of} that both have, from the verdicts on all test pairs; two rounds share ${least === most ? least : `${least} to ${most}`} of their training ${first.of}, which is corrected for (Nadeau and Bengio 2003)`,
    },
  ];
}
