/**
 * Before the tests: sees that the programs are there that they start, says which, and installs what is missing where that is
 * possible. No test is left out for want of one: `npm test` ends here instead.
 */
import { execFileSync } from "node:child_process";
import { findCommand, PROGRAMS } from "../support/programs.js";

const isMissing = (program) => !findCommand(program);
const packagesOf = (programs) => programs.flatMap(({ debianPackages }) => debianPackages);

const missing = PROGRAMS.filter(isMissing);
if (missing.length > 0) install(packagesOf(missing));
const still = PROGRAMS.filter(isMissing);
if (still.length === 0) {
  console.log(`tests start ${PROGRAMS.map(findCommand).join(", ")}`);
} else {
  const [{ title, commands }] = still;
  console.error(
    `error: the tests need ${title} as ${commands.join(", or ")} on PATH; on Debian: apt-get install -y ${packagesOf(still).join(" ")}`,
  );
  process.exitCode = 1;
}

function install(packages) {
  const aptGet = findCommand({ commands: ["apt-get"] });
  if (!aptGet || process.getuid?.() !== 0) return;
  console.log(`installing ${packages.join(", ")} by apt-get, which the tests start`);
  const run = (...words) =>
    execFileSync(aptGet, ["-q", "-y", ...words], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  try {
    run("install", ...packages);
  } catch {
    // A fresh container knows of no packages, an old one of versions that are gone.
    try {
      run("update");
      run("install", ...packages);
    } catch {
      // That a program is still missing says it all.
    }
  }
}
