#!/usr/bin/env node
import { existsSync } from "node:fs";

const program = new URL("../dist/program/main.js", import.meta.url);

/** Before the program is there to say it. */
function fail(line, code) {
  process.stderr.on("error", () => {});
  process.stderr.write(`error: ${line.replaceAll(/\p{Cc}+/gu, " ")}\n`);
  process.exitCode = code;
}

async function load() {
  try {
    return await import(program.href);
  } catch (error) {
    fail(`cannot load pairlab: ${error.message}`, 1);
    if (process.argv.includes("--debug")) throw error;
  }
}

if (existsSync(program)) {
  const loaded = await load();
  if (loaded) process.exitCode = await loaded.main(process.argv.slice(2));
} else fail("pairlab is not built yet: run npm run build first", 2);
