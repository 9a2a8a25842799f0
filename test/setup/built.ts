import { existsSync, readdirSync, statSync } from "node:fs";

/** What tests run: the kernels, the program and the page. */
const BUILT = ["dist/core/kernels/kernels.wasm", "dist/node/index.js", "dist/web/index.html"];

/** What is compiled. When it was last, the file of each beside what was made of it says. */
const PARTS = ["core", "site", "node"];
const compiledAt = (part: string): string => `dist/${part}/tsconfig.tsbuildinfo`;

/**
 * Ends the runner where there is no build, and says so where a source is newer: tests of programs run what is built. It makes none itself:
 * `npm test` does before it.
 */
export default function built(): void {
  const missing = [...BUILT, ...PARTS.map(compiledAt)].find((file) => !existsSync(file));
  if (missing !== undefined) {
    process.stderr.write(`error: ${missing} is not there: run npm run build first, and again after changes\n`);
    process.exit(1);
  }
  const changed = (file: string) => statSync(file).mtimeMs;
  const newer = PARTS.flatMap((part) =>
    (readdirSync(`src/${part}`, { recursive: true }) as string[])
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => `src/${part}/${name}`)
      .filter((file) => changed(file) > changed(compiledAt(part))),
  );
  if (newer.length > 0)
    process.stderr.write(`${newer[0]} is newer than what is built, which tests of programs run: npm run build\n`);
}
