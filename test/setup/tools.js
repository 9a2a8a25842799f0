/** Before the tests: installs the packages of test/tools, if they are not those of its lock file. */
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";

const FOLDER = "test/tools";

const changed = (file) => statSync(`${FOLDER}/${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (changed("node_modules/.package-lock.json") < changed("package-lock.json")) {
  console.log(`installing the packages of ${FOLDER}, which the tests start`);
  // Their install scripts only move what npm has installed already.
  execFileSync("npm", ["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: FOLDER,
    stdio: "inherit",
  });
}
