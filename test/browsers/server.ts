import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { packagedFiles, readDataFiles } from "../../src/node/data/files.js";

interface Resource {
  readonly type: string;
  readonly body: string | Uint8Array;
}

export interface Site {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an empty page with `page.js`, the base kernels and MNIST's four files beside it, on this machine alone. */
export async function serveSite(): Promise<Site> {
  const resources = new Map<string, Resource>([
    ["/", { type: "text/html", body: "<!doctype html><meta charset=utf-8><title>pairlab</title>" }],
    ["/page.js", { type: "text/javascript", body: await bundlePage() }],
    [
      "/kernels.wasm",
      {
        type: "application/wasm",
        body: await readFile(new URL("../../dist/core/kernels/kernels.wasm", import.meta.url)),
      },
    ],
  ]);
  for (const { name, bytes } of await readDataFiles(packagedFiles()))
    resources.set(`/${name}`, { type: "application/octet-stream", body: bytes });

  const server = createServer(({ url }, response) => {
    const resource = resources.get(url ?? "");
    if (resource) response.writeHead(200, { "content-type": resource.type }).end(resource.body);
    else response.writeHead(404).end();
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
