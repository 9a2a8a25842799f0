/**
 * Runs a graph in ONNX Runtime: node run.js FILE. Standard input has the inputs as JSON, each with its type, dims and bytes in base64;
 * standard output gets the outputs with their elements.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const runtime = createRequire(new URL("../../tools/package.json", import.meta.url))("onnxruntime-web");
runtime.env.wasm.numThreads = 1;
const asked = JSON.parse(readFileSync(0, "utf8"));
const session = await runtime.InferenceSession.create(readFileSync(process.argv[2]));
const inputs = Object.entries(asked).map(([name, { type, dims, data }]) => {
  const bytes = new Uint8Array(Buffer.from(data, "base64"));
  return [name, new runtime.Tensor(type, new Float32Array(bytes.buffer), dims)];
});
const outputs = Object.entries(await session.run(Object.fromEntries(inputs))).map(([name, { type, dims, data }]) => [
  name,
  { type, dims, data: Array.from(data, Number) },
]);
process.stdout.write(JSON.stringify(Object.fromEntries(outputs)));
