/**
 * Ends with one line where a package that builds pairlab is missing: npm leaves out developer packages under
 * NODE_ENV=production and with --omit=dev.
 */
const BUILDERS = ["typescript/package.json", "assemblyscript/asc", "vite"];

const isMissing = (name) => {
  try {
    import.meta.resolve(name);
    return false;
  } catch {
    return true;
  }
};

const [missing] = BUILDERS.filter(isMissing);
if (missing) {
  const [name] = missing.split("/");
  process.stderr.write(
    `error: building pairlab takes developer packages, and ${name} is not installed: run npm ci --include=dev first\n`,
  );
  process.exitCode = 1;
}
