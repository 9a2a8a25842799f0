/**
 * Writes the documentation as pages for any static host: the README, the documents, each public name, and the page itself.
 * `npm run build:docs`, or `npm run build:docs -- FOLDER` for another than site-docs/.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { COPIED, forPages } from "./for-pages.js";

const TOOLS = "documentation";
const TEXT = `${TOOLS}/text`;
/** Written by typedoc; a folder that has other things is not emptied. */
const MARK = "assets/navigation.js";

const [folder = "site-docs", ...others] = process.argv.slice(2);
try {
  if (others.length > 0 || folder === "" || folder.startsWith("-"))
    throw new Error("give one folder, or none for site-docs/");
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(`${folder}/${MARK}`))
    throw new Error(
      `${folder} holds something other than these pages: name an empty folder, or one that does not exist`,
    );
  installTools();
  copyTexts();
  execFileSync("node_modules/.bin/typedoc", ["--treatWarningsAsErrors", "--out", resolve(folder)], {
    cwd: TOOLS,
    stdio: ["ignore", "inherit", "inherit"],
  });
  execFileSync(process.execPath, ["scripts/build-site.js", `${folder}/page`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  console.log(`${folder}/ has the documentation and the page: any static host serves it, under any path`);
} catch (error) {
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(TEXT, { recursive: true, force: true });
}

function installTools() {
  const changed = (file) => statSync(`${TOOLS}/${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed("node_modules/.package-lock.json") >= changed("package-lock.json")) return;
  execFileSync("npm", ["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: TOOLS,
    stdio: "inherit",
  });
}

function copyTexts() {
  mkdirSync(TEXT, { recursive: true });
  cpSync("docs", `${TEXT}/docs`, { recursive: true });
  for (const name of COPIED) cpSync(name, `${TEXT}/${name}`);
  const readers = readersOf(readFileSync("README.md", "utf8"));
  const texts = [
    "README.md",
    "CONTRIBUTING.md",
    ...readdirSync("docs")
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ];
  for (const name of texts) {
    const text = forPages(readFileSync(name, "utf8"));
    const [, title = name] = /^# (.*)$/m.exec(text) ?? [];
    const [, reader = "More"] = readers.find(([path]) => path === name) ?? [];
    const head = name.startsWith("docs/") ? `---\ntitle: ${JSON.stringify(title)}\ngroup: ${reader}\n---\n\n` : "";
    writeFileSync(`${TEXT}/${name}`, head + text.replace(/^# .*\n+/, ""));
  }
}

/** Whom each document is for, as the README lists them: [["docs/tutorial.md", "Use"]]. */
function readersOf(readme) {
  return [...readme.matchAll(/^- \*\*(\w+)\*\*: ((?:.|\n {2})*)/gm)].flatMap(([, reader, list]) =>
    [...list.matchAll(/\]\((docs\/[\w-]+\.md)\)/g)].map(([, path]) => [path, reader]),
  );
}
