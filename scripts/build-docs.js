/**
 * Writes the documentation as pages for any static host: the README, the documents, each public name, and the page itself.
 * `npm run build:docs`, or `npm run build:docs -- FOLDER` for another than site-docs/.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

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

/** The texts as typedoc takes them: headings get their anchors from plain text, and there are no sources to link to. */
function copyTexts() {
  mkdirSync(TEXT, { recursive: true });
  cpSync("docs", `${TEXT}/docs`, { recursive: true });
  for (const name of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "THIRD-PARTY.md", "LICENSE"])
    cpSync(name, `${TEXT}/${name}`);
  const texts = [
    "README.md",
    "CONTRIBUTING.md",
    ...readdirSync("docs")
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ];
  for (const name of texts) writeFileSync(`${TEXT}/${name}`, forPages(readFileSync(name, "utf8")));
}

function forPages(text) {
  return text
    .replaceAll(/^(#+ .*)$/gm, (heading) => heading.replaceAll("`", ""))
    .replaceAll(/\[([^\]]*)\]\((?:\.\.\/)?(?:src|test|bench|scripts)\/[^)]*\)/g, "$1");
}
