import { asked, relationNamed } from "../../core/data/relations.js";
import { IMAGES } from "../../core/experiments/shared/method.js";
import type { ReportPart } from "../../core/experiments/shared/part.js";
import { imagesInWords } from "../../core/experiments/shared/question.js";
import { CONFIG_ROWS } from "../../core/settings/config-rows.js";
import { isMnist } from "../../core/training/job.js";

/** What a report of several parts is called. */
export const titleOf = (parts: readonly Pick<ReportPart, "blocks">[]): string =>
  `Pairs of ${isMnist({ name: dataOf(parts) ?? "" }) ? "digits" : "images"}: what each hint is worth`;

/** What its parts ask, and how. */
export function introductionOf(parts: readonly Pick<ReportPart, "blocks">[]): string {
  const data = dataOf(parts);
  const images = data === undefined ? "images" : imagesInWords(data);
  const [question, ...others] = new Set(parts.map(questionOf));
  const networks = `learn it from pairs of ${data === undefined ? "" : `${data} `}images, each told something else about the problem. Each part below is what one command found`;
  if (question === undefined || others.length > 0)
    return `Each part asks its own question about two ${images}. Small networks ${networks.replace("learn it", "learn the answer")}.`;
  return `${question.replace(/^is the (\w+)( of the two)?/, `is the $1 of two ${images}`).replace(/^i/, "I")} Small networks ${networks}.`;
}

/** The data set of all parts, as their settings name it; undefined where they have several. Other lines may have that name, too. */
function dataOf(parts: readonly Pick<ReportPart, "blocks">[]): string | undefined {
  const [name, ...others] = new Set(
    settingsIn(parts).flatMap(({ name, value }) => {
      const place = name === IMAGES ? value.lastIndexOf(", SHA-256 ") : -1;
      return place < 0 ? [] : [value.slice(0, place)];
    }),
  );
  return others.length > 0 ? undefined : (name ?? "MNIST");
}

const settingsIn = (parts: readonly Pick<ReportPart, "blocks">[]) =>
  parts.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "settings" ? block.settings : [])));

/** As a part's settings have it, which do not tell the paper's. */
const questionOf = (part: Pick<ReportPart, "blocks">): string => {
  const told = settingsIn([part]).find(({ name }) => name === METHOD.name);
  return told?.value ?? asked(relationNamed(CONFIG_ROWS.relation.usual));
};

const METHOD = CONFIG_ROWS.relation.method;
