import { createHash } from "node:crypto";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Block, ReportPart } from "../../core/experiments/shared/part.js";
import { parseJson } from "../../core/formats/parse-json.js";
import { codeOf } from "../errors.js";
import { readTextWithin } from "../read.js";

/** The folder in which a report keeps its parts, so that another can be added later. */
export const PARTS = "parts";

const FORMAT = 1;

/** Bytes of a part, and of a figure, at most. The largest that is written, of 24 networks, has less than 1 MB. */
const MOST_BYTES = 2 ** 26;
/** The part, a block, its table, a row; and some more for later versions. */
const MOST_LEVELS = 16;

const table = z.object({
  title: z.string(),
  caption: z.string(),
  columns: z.readonly(z.array(z.string())),
  rows: z.readonly(z.array(z.readonly(z.array(z.string())))),
});
// A figure's picture is a file of its own, known by its digest.
const figure = z.object({
  fileName: z.string().check(z.regex(/^[a-z0-9-]+\.svg$/)),
  name: z.string(),
  caption: z.string(),
  sha256: z.string(),
});
const block = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), text: z.string() }),
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("sentences"), sentences: z.readonly(z.array(z.string())) }),
  z.object({ kind: z.literal("figure"), figure }),
  z.object({ kind: z.literal("table"), table }),
  z.object({ kind: z.literal("fold"), summary: z.string(), table }),
  z.object({
    kind: z.literal("settings"),
    settings: z.readonly(z.array(z.object({ name: z.string(), value: z.string() }))),
  }),
  z.object({ kind: z.literal("command"), command: z.string() }),
]);
const keptPart = z.object({
  format: z.literal(FORMAT),
  name: z.string(),
  title: z.string(),
  introduction: z.string(),
  blocks: z.array(block),
  files: z.array(z.object({ fileName: z.string(), holds: z.string() })),
});

/** A part as it is kept: without the texts of its figures and files, which stand beside it. */
export function encodePart({ name, title, introduction, blocks, files }: ReportPart): string {
  const kept: z.infer<typeof keptPart> = {
    format: FORMAT,
    name,
    title,
    introduction,
    blocks: blocks.map((each) => {
      if (each.kind === "settings")
        return { ...each, settings: each.settings.map(({ name, value }) => ({ name, value })) };
      if (each.kind !== "figure") return each;
      const { svg, ...named } = each.figure;
      return { kind: "figure", figure: { ...named, sha256: digestOf(svg) } };
    }),
    files: files.map(({ fileName, holds }) => ({ fileName, holds })),
  };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/** A part that was written before; undefined if there is none, and a line that says what is wrong if it cannot be used. */
export async function readPart(directory: string, name: string): Promise<ReportPart | string | undefined> {
  const path = join(directory, PARTS, `${name}.json`);
  const leftOut = `${name} is left out of the report: run pairlab ${name} again`;
  try {
    const kept = keptPart.parse(parseJson(await readTextWithin(path, MOST_BYTES), MOST_LEVELS));
    if (kept.name !== name) throw new Error(`it is ${kept.name}`);
    const blocks: Block[] = [];
    for (const each of kept.blocks) {
      if (each.kind !== "figure") {
        blocks.push(each);
        continue;
      }
      const { sha256, ...named } = each.figure;
      const file = join(directory, "figures", named.fileName);
      const svg = await readTextWithin(file, MOST_BYTES).catch(() => undefined);
      if (svg === undefined || digestOf(svg) !== sha256)
        return `${file} is ${svg === undefined ? "missing" : "not as it was written"}: ${leftOut}`;
      blocks.push({ kind: "figure", figure: { ...named, svg } });
    }
    return { ...kept, blocks, files: kept.files.map((file) => ({ ...file, text: "" })) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    return `${path} is not a part of a report that this version can read: ${leftOut}`;
  }
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");
