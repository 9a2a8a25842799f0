import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const PROGRAM = new URL("../../dist/program/", import.meta.url);

test.each(["worker", "store-worker", "decode-worker"])(
  "no file of the program runs the thread of %s by an import",
  (name) => {
    const files = readdirSync(PROGRAM).filter((file) => file.endsWith(".js"));
    expect(files).toContain(`${name}.js`);
    const imported = new RegExp(`(?:from|import)\\s*\\(?\\s*["']\\./${name}\\.js["']`);
    expect(files.filter((file) => imported.test(readFileSync(new URL(file, PROGRAM), "utf8")))).toEqual([]);
  },
);
