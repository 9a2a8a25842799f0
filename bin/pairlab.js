#!/usr/bin/env node
import { existsSync } from "node:fs";

const built = new URL("../dist/node/", import.meta.url);
if (existsSync(new URL("cli/main.js", built))) {
  const { readFewFilesAtOnce } = await import(new URL("few-files.js", built).href);
  readFewFilesAtOnce();
  const { main } = await import(new URL("cli/main.js", built).href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write("error: pairlab is not built yet: run npm run build first\n");
  process.exitCode = 2;
}
