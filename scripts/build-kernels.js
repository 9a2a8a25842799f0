/**
 * Compiles the kernels for both targets of asconfig.json, declares what they export in src/core/generated/kernels.ts, and writes the
 * base ones as a script beside it, where a source, this script, or the lock file that names the compiler, is newer than what was
 * made of it.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const SOURCES = "src/core/kernels";
const DECLARATIONS = "src/core/generated/kernels.ts";
const EMBEDDED = "src/core/generated/kernels-hex.ts";
const WIDTH = 120;
const { targets } = JSON.parse(readFileSync("asconfig.json", "utf8"));

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(SOURCES).map((name) => `${SOURCES}/${name}`);
const newest = Math.max(...["scripts/build-kernels.js", "asconfig.json", "package-lock.json", ...sources].map(changed));

for (const [target, { outFile }] of Object.entries(targets)) {
  const outputs = target === "base" ? [outFile, DECLARATIONS, EMBEDDED] : [outFile];
  if (outputs.every((file) => changed(file) > newest)) continue;
  // Loading the compiler takes a second, which only a change should cost.
  const { default: asc } = await import("assemblyscript/asc");
  const made = new Map();
  const writeFile = (name, contents) => made.set(name, contents);
  const { error, stderr } = await asc.main(["--target", target, "--bindings", "raw"], { writeFile });
  process.stderr.write(stderr.toString());
  if (error) process.exit(1);
  write(outFile, made.get(outFile));
  if (target !== "base") continue;
  write(DECLARATIONS, declarations(made.get(outFile.replace(/wasm$/, "d.ts"))));
  write(EMBEDDED, embedded(made.get(outFile)));
}

function write(file, contents) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

function embedded(wasm) {
  return `// Made by scripts/build-kernels.js.

/** The bytes of kernels.wasm in hexadecimal: compressed, they take a quarter less than in Base64. */
export const KERNELS_HEX =
  "${Buffer.from(wasm).toString("hex")}";
`;
}

/** The functions of the compiler's declarations as an interface, with the pointers among their parameters named as such. */
function declarations(text) {
  const functions = text.matchAll(/((?: {3}\* @param .*\n)*) {3}\*\/\n {2}export function (\w+)\((.*)\): (\w+);/g);
  return [
    "// Made by scripts/build-kernels.js of src/core/kernels, whose sources say what each does.",
    "",
    "/** A byte offset into the kernels' memory. */",
    "export type Pointer = number;",
    "",
    "export interface KernelFunctions {",
    ...[...functions].map(([, comments, name, parameters, result]) => {
      const pointers = new Set([...comments.matchAll(/@param (\w+) `usize`/g)].map(([, parameter]) => parameter));
      const typed = parameters.split(", ").map((parameter) => {
        const [own] = parameter.split(":");
        return pointers.has(own) ? `${own}: Pointer` : parameter;
      });
      const line = `  ${name}(${typed.join(", ")}): ${result};`;
      return line.length <= WIDTH
        ? line
        : `  ${name}(\n${typed.map((each) => `    ${each},\n`).join("")}  ): ${result};`;
    }),
    "}",
    "",
  ].join("\n");
}
