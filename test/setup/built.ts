import { existsSync } from "node:fs";

/** What tests run: the kernels, the program and the page. */
const BUILT = ["dist/core/kernels/kernels.wasm", "dist/node/index.js", "dist/web/index.html"];

/** Ends the runner where there is no build. It makes none itself: `npm test` does before it. */
export default function built(): void {
  const missing = BUILT.find((file) => !existsSync(file));
  if (missing === undefined) return;
  process.stderr.write(`error: ${missing} is not there: run npm run build first, and again after changes\n`);
  process.exit(1);
}
