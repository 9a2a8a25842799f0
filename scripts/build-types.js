/** Copies the declarations that the public names need, and no others, to dist/types: they are a third of all. */
import { cpSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const OUTPUT = "dist/types";
const needed = new Set();

function need(file) {
  if (needed.has(file)) return;
  needed.add(file);
  for (const [, path] of readFileSync(join("dist", file), "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g))
    need(join(dirname(file), path.replace(/\.js$/, ".d.ts")));
}

for (const index of ["core/index.d.ts", "core/embedded-kernels.d.ts", "node/index.d.ts"]) need(index);
rmSync(OUTPUT, { recursive: true, force: true });
for (const file of needed) cpSync(join("dist", file), join(OUTPUT, file));
