import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundled, emptyPage, type Site, serveFiles } from "../support/bundled-site.js";
import { RUNTIME } from "./load-runtime.js";

/** Serves an empty page with `page.ts`, ONNX Runtime and files beside it. */
export async function serveRuntime(files: ReadonlyMap<string, Uint8Array>): Promise<Site> {
  const resources = new Map<string, string | Uint8Array>([
    ...files,
    ["/", emptyPage("ONNX Runtime")],
    ["/page.js", await bundled(new URL("./page.ts", import.meta.url))],
  ]);
  for (const name of ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"])
    resources.set(`/runtime/${name}`, await readFile(join(RUNTIME, "node_modules/onnxruntime-web/dist", name)));
  return serveFiles(resources);
}
