import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Runtime } from "./runtime.js";

/** The folder of the runtime's own package, which `npm test` installs. */
export const RUNTIME = fileURLToPath(new URL("./runtime/", import.meta.url));

/** ONNX Runtime's WebAssembly in this process, on one thread. */
export function loadRuntime(): Runtime {
  const runtime: Runtime = createRequire(`${RUNTIME}package.json`)("onnxruntime-web");
  runtime.env.wasm.numThreads = 1;
  return runtime;
}
