#!/usr/bin/env node
import { existsSync } from "node:fs";

const program = new URL("../dist/node/cli/main.js", import.meta.url);
if (existsSync(program)) {
  const { main } = await import(program.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write("error: pairlab is not built yet: run npm run build first\n");
  process.exitCode = 2;
}
