import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReportPart } from "../../src/core/experiments/shared/part.js";
import { reportMarkdown } from "../../src/node/report/markdown.js";
import { reportPage } from "../../src/node/report/page.js";
import { encodePart, readPart } from "../../src/node/report/parts.js";
import { mutateBytes, mutateText } from "../mutate.js";
import { encode, type Part, require, requireLine, same } from "../part.js";

const SVG = "<svg></svg>";
const table = { title: "Table", caption: "of things", columns: ["", "n"], rows: [["mlp", "1"]] };
const PART: ReportPart = {
  name: "compare",
  title: "A comparison",
  introduction: "What was asked.",
  blocks: [
    { kind: "heading", text: "Errors" },
    { kind: "sentences", sentences: ["One.", "Two."] },
    { kind: "figure", figure: { fileName: "compare.svg", name: "Figure 1", caption: "", svg: SVG } },
    { kind: "table", table },
    { kind: "fold", summary: "More", table },
    { kind: "settings", settings: [{ name: "Rounds", value: "10" }] },
    { kind: "command", command: "npx pairlab compare" },
  ],
  files: [{ fileName: "compare.json", holds: "every number", text: "" }],
};

/** What another command left in a report's folder. */
export const reportsPart: Part = {
  name: "report parts",
  weight: 1,
  async open(folder) {
    for (const each of ["parts", "figures"]) await mkdir(join(folder, each));
    await writeFile(join(folder, "figures", "compare.svg"), SVG);
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const path = join(folder, "parts", "compare.json");
    const good = encodePart(PART);
    return {
      make(random) {
        if (random.chance(0.01)) return encode("pipe");
        if (random.chance(0.05)) return encode(good.replace('"Errors"', "[".repeat(20_000)));
        return random.chance(0.3) ? mutateBytes(random, encode(good)) : encode(mutateText(random, good));
      },
      async check(input) {
        await rm(path, { force: true });
        if (input.length === 4) await link(join(folder, "pipe"), path);
        else await writeFile(path, input);
        const read = await readPart(folder, "compare");
        require(read !== undefined, "not there");
        if (typeof read === "string") {
          requireLine(read);
          return "refused";
        }
        const { format, ...kept } = JSON.parse(Buffer.from(input).toString());
        require(format === 1, `format ${format}`);
        require(read.title === kept.title && same(read.blocks.length, kept.blocks.length), "another part");
        for (const block of read.blocks)
          if (block.kind === "figure")
            require(createHash("sha256").update(block.figure.svg).digest("hex") ===
              createHash("sha256").update(SVG).digest("hex"), "another figure");
        reportMarkdown([read]);
        const html = reportPage([read]);
        require(!html.includes("<script"), "a script in the report");
        return "accepted";
      },
    };
  },
};
