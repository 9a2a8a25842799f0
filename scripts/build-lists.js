/**
 * Lists the kinds of layers into src/core/generated, from the files there are: a layer is a file in network/layers, and one of
 * the same name in engine/operations and in formats/onnx/layers.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const GENERATED = "src/core/generated";
const LAYERS = "src/core/network/layers";

const kinds = readdirSync(LAYERS)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => name.slice(0, -".ts".length))
  .sort();
const variable = (kind) => kind.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** A table of the default exports of a folder's files, and their other values: a layer's type is a part of `Layer`. */
function list(name, folder, { others = false } = {}) {
  const path = (kind) => `"../${folder}/${kind}.js";`;
  const lines = [
    `// Made by scripts/build-lists.js of the files in ${LAYERS}.`,
    "",
    ...kinds.map((kind) => `import ${variable(kind)} from ${path(kind)}`),
    "",
    "export default {",
    ...kinds.map((kind) => (kind === variable(kind) ? `  ${kind},` : `  "${kind}": ${variable(kind)},`)),
    "};",
    ...(others ? ["", ...kinds.map((kind) => `export { ${valuesIn(folder, kind)} } from ${path(kind)}`)] : []),
    "",
  ];
  write(`${GENERATED}/${name}.ts`, lines.join("\n"));
}

function valuesIn(folder, kind) {
  const text = readFileSync(`src/core/${folder}/${kind}.ts`, "utf8");
  return [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name).join(", ");
}

/** An unchanged file keeps its time, because others are built from it. */
function write(file, text) {
  let there;
  try {
    there = readFileSync(file, "utf8");
  } catch {}
  if (there !== text) writeFileSync(file, text);
}

mkdirSync(GENERATED, { recursive: true });
list("layers", "network/layers", { others: true });
list("operations", "engine/operations");
list("onnx-layers", "formats/onnx/layers");
