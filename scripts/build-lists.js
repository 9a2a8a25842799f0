/**
 * Lists the kinds of layers into src/core/generated, from the files there are: a layer is a file in network/layers, and one of
 * the same name in engine/operations.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const GENERATED = "src/core/generated";
const LAYERS = "src/core/network/layers";

const kinds = readdirSync(LAYERS)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => name.slice(0, -".ts".length))
  .sort();
const variable = (kind) => kind.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const entry = (kind) => (kind === variable(kind) ? `  ${kind},` : `  "${kind}": ${variable(kind)},`);

function list(name, folder, types, list, more = []) {
  const lines = [
    "// Made by scripts/build-lists.js of the files in src/core/network/layers.",
    "",
    ...types,
    ...kinds.map((kind) => `import ${variable(kind)} from "${folder}/${kind}.js";`),
    "",
    list,
    ...kinds.map(entry),
    "};",
    ...more,
    "",
  ];
  const [file, text] = [`${GENERATED}/${name}.ts`, lines.join("\n")];
  // What did not change stays as old as it is: others are built of it.
  if (readOr(file) !== text) writeFileSync(file, text);
}

function readOr(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

mkdirSync(GENERATED, { recursive: true });
list(
  "layers",
  "../network/layers",
  ['import type { Layers } from "../network/layer.js";', 'import type { LayerKind } from "../network/layer-kind.js";'],
  "const LAYERS: { readonly [Kind in keyof Layers]: LayerKind<Layers[Kind]> } = {",
  ["export default LAYERS;", "", ...kinds.map((kind) => `export * from "../network/layers/${kind}.js";`)],
);
list(
  "operations",
  "../engine/operations",
  [
    'import type { LayerOperation } from "../engine/operations/operation.js";',
    'import type { Layers } from "../network/layer.js";',
  ],
  "const OPERATIONS: { readonly [Kind in keyof Layers]: LayerOperation<Layers[Kind]> } = {",
  ["export default OPERATIONS;"],
);
