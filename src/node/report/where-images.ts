import { inputOf } from "../../core/data/images.js";
import type { Block, PartContent } from "../../core/experiments/shared/part.js";
import { count } from "../../core/text/format.js";
import { className } from "../../core/training/job.js";
import type { Dataset } from "../data/dataset.js";
import { partsOf } from "../data/parts.js";

/** The most classes that are named. */
const MOST_NAMED = 5;

/**
 * An experiment's content that says under its command which images DIR stands for: a report does not say where its writer has them.
 */
export function withImages(content: PartContent, dataset: Dataset): PartContent {
  const blocks = content.blocks.flatMap((block): Block[] =>
    block.kind === "command" && block.command.includes("--data DIR")
      ? [block, { kind: "text", text: whatDirIs(block.command, dataset) }]
      : [block],
  );
  return { ...content, blocks };
}

function whatDirIs(command: string, dataset: Dataset): string {
  const { identity, listed, train } = dataset;
  const images = partsOf(dataset).reduce((sum, part) => sum + part.images.count, 0);
  const { classes } = inputOf(train);
  const names = Array.from({ length: classes }, (_, number) => className(identity, number));
  const named = `${names.slice(0, MOST_NAMED).join(", ")}${classes > MOST_NAMED ? ", …" : ""}`;
  const pairs = listed && Object.values(listed).reduce((sum, { targets }) => sum + targets.length, 0);
  const what = [
    pairs === undefined ? "DIR stands for the path of the images:" : "DIR stands for the path of the list of pairs:",
    `${identity.name},`,
    ...(pairs === undefined ? [] : [`${count(pairs)} pairs of`]),
    `${count(images)} images`,
    ...(classes > 0 ? [`of ${count(classes)} ${classes === 1 ? "class" : "classes"} (${named})`] : []),
  ].join(" ");
  const folder = command.includes("--images DIR")
    ? " After --images it stands for the folder of the list's pictures."
    : "";
  return `${what}, SHA-256 ${identity.sha256}.${folder} pairlab data show prints this digest of a path, with the same options of images.`;
}
