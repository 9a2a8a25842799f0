import { asked, relationNamed } from "../../core/data/relations.js";
import { CONFIG_ROWS } from "../../core/settings/config-rows.js";
import type { ReportPart } from "./part.js";

/** What a report of several parts is called. */
export const SEVERAL = "Pairs of digits: what each hint is worth";

/** What its parts ask, and how. */
export function introductionOf(parts: readonly Pick<ReportPart, "blocks">[]): string {
  const [question, ...others] = new Set(parts.map(questionOf));
  const networks =
    "learn it from pairs of MNIST images, each told something else about the problem. Each part below is what one command found";
  if (question === undefined || others.length > 0)
    return `Each part asks its own question about two handwritten digits. Small networks ${networks.replace("learn it", "learn the answer")}.`;
  return `${question.replace(/^is the (\w+)( of the two)?/, "is the $1 of two handwritten digits").replace(/^i/, "I")} Small networks ${networks}.`;
}

/** As a part's settings have it, which do not tell the paper's. */
const questionOf = ({ blocks }: Pick<ReportPart, "blocks">): string => {
  const settings = blocks.flatMap((block) => (block.kind === "settings" ? block.settings : []));
  const told = settings.find(({ name }) => name === METHOD.name);
  return told?.value ?? asked(relationNamed(CONFIG_ROWS.relation.usual));
};

const METHOD = CONFIG_ROWS.relation.method;
