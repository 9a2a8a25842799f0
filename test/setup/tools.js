/** Before the tests: installs the packages of test/tools, if they are not those of its lock file. */
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";

const FOLDER = "test/tools";
const LOCK = `${FOLDER}/package-lock.json`;
/** The lock file of what is installed. npm's own leaves out what is for other machines. */
const INSTALLED = `${FOLDER}/node_modules/.installed-lock.json`;

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (textOf(INSTALLED) !== textOf(LOCK)) {
  console.log(`installing the packages of ${FOLDER} by npm, about 770 MB, which only the tests need`);
  try {
    // Their install scripts only move what npm has installed already.
    execFileSync("npm", ["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: FOLDER,
      stdio: "inherit",
    });
    copyFileSync(LOCK, INSTALLED);
  } catch {
    console.error(
      `error: the tests need the packages of ${FOLDER}, which npm cannot install: run npm ci --prefix ${FOLDER}`,
    );
    process.exitCode = 1;
  }
}
