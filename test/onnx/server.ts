import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { RUNTIME } from "./load-runtime.js";

export interface Site {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  "": "text/html",
  js: "text/javascript",
  mjs: "text/javascript",
  wasm: "application/wasm",
};

/** Serves an empty page with `page.js`, ONNX Runtime and files beside it, on this machine alone. */
export async function serveRuntime(files: ReadonlyMap<string, Uint8Array>): Promise<Site> {
  const resources = new Map<string, string | Uint8Array>([
    ...files,
    ["/", "<!doctype html><meta charset=utf-8><title>ONNX Runtime</title>"],
    ["/page.js", await bundlePage()],
  ]);
  for (const name of ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"])
    resources.set(`/runtime/${name}`, await readFile(join(RUNTIME, "node_modules/onnxruntime-web/dist", name)));
  const server = createServer(({ url = "" }, response) => {
    const resource = resources.get(url);
    const type = TYPES[/(?:\.(\w+))?$/.exec(url)?.[1] ?? ""] ?? "application/octet-stream";
    if (resource === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": type }).end(resource);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `page.ts` with the built library as one module, as a web application would have it. */
async function bundlePage(): Promise<string> {
  const bundles = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL("./page.ts", import.meta.url)), formats: ["es"], fileName: "page" },
    },
  });
  const [bundle] = Array.isArray(bundles) ? bundles : [bundles];
  if (!bundle || !("output" in bundle)) throw new Error("vite was asked to build once, and to write nothing");
  return bundle.output[0].code;
}
