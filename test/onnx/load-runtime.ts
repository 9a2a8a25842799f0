import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Runtime } from "./runtime.js";

/** The folder whose packages have the runtime; `npm test` installs them. */
export const RUNTIME = fileURLToPath(new URL("../tools/", import.meta.url));

/** ONNX Runtime's WebAssembly in this process, on one thread. */
export function loadRuntime(): Runtime {
  const runtime: Runtime = createRequire(`${RUNTIME}package.json`)("onnxruntime-web");
  runtime.env.wasm.numThreads = 1;
  return runtime;
}
