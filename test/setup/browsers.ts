import { execFileSync } from "node:child_process";
import { BROWSERS, type Browser, findCommand } from "../support/browsers.js";

/** Browser tests never skip: a missing browser is installed where that is possible, and otherwise stops the tests. */
export default function browsers(): void {
  const missing = BROWSERS.filter(isMissing);
  if (missing.length > 0) install(missing);
  const [first] = BROWSERS.filter(isMissing);
  if (!first) return;
  const packages = BROWSERS.map(({ debianPackage }) => debianPackage).join(" ");
  throw new Error(
    `the tests need ${first.title} as ${first.commands.join(", or ")} on PATH; on Debian: apt-get install -y ${packages}`,
  );
}

const isMissing = ({ commands }: Browser): boolean => !findCommand(commands);

function install(missing: readonly Browser[]): void {
  const aptGet = findCommand(["apt-get"]);
  if (!aptGet || process.getuid?.() !== 0) return;
  const packages = missing.map(({ debianPackage }) => debianPackage);
  console.log(`installing ${packages.join(" and ")}`);
  const run = (...args: string[]) =>
    execFileSync(aptGet, ["-q", "-y", ...args], {
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
      // That the browser is still missing says it all.
    }
  }
}
