import { methodsParagraph } from "../../core/experiments/shared/methods-paragraph.js";
import type { Block, DataFile, PartContent } from "../../core/experiments/shared/part.js";
import type { RunSummary } from "../../core/training/run.js";
import { ownPackage, type PackageDescription } from "../version.js";

/** An experiment's content with a paragraph on its methods after its settings, and a BibTeX entry beside it. */
export function withCitation(content: PartContent, records: readonly RunSummary[]): PartContent {
  const blocks = content.blocks.flatMap((block): Block[] =>
    block.kind === "settings"
      ? [
          block,
          { kind: "heading", text: "Methods in one paragraph" },
          { kind: "text", text: methodsParagraph(block.settings, records) },
        ]
      : [block],
  );
  return { ...content, blocks, files: [...content.files, bibliography(ownPackage())] };
}

/**
 * A BibTeX file with the entry of a package's version. `@misc` is an entry that BibTeX and biblatex know. It has no year, because
 * nothing in a package says when it was published, and an author and an address only if `package.json` names them.
 */
export function bibliography({ name, version, description, author, homepage }: PackageDescription): DataFile {
  const authorName = typeof author === "object" ? author.name : author;
  const entry = [
    ...(authorName ? [["author", `{${inTex(authorName)}}`]] : []),
    // Styles sort by it where there is no author.
    ["key", inTex(name)],
    ["title", `{${inTex(name)}}${description ? `: ${inTex(description.replace(/\.$/, ""))}` : ""}`],
    ["howpublished", `Software, version ${inTex(version)}`],
    ...(homepage ? [["url", homepage]] : []),
  ];
  const lines = entry.map(([field, value]) => `  ${field} = {${value}},\n`).join("");
  return {
    fileName: `${name}.bib`,
    holds: `the BibTeX entry of ${name} ${version}`,
    text: `@misc{${name},\n${lines}}\n`,
  };
}

/** Text in which nothing is a command of TeX. */
const inTex = (text: string): string =>
  text.replaceAll(/[\\{}%&$#_~^]/g, (character) => SPECIAL[character] ?? `\\${character}`);

const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};
