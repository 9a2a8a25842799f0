import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import { PAGE_POLICY } from "../../src/site/page-policy.js";

export interface PictureSite {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };

/** Serves `page.ts` as the page's bundler bundles it, under the page's security policy, and files beside it, on this machine alone. */
export async function servePictures(files: ReadonlyMap<string, Uint8Array>): Promise<PictureSite> {
  const resources = new Map<string, string | Uint8Array>([
    ["/", '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>'],
  ]);
  for (const file of await bundlePage())
    resources.set(`/${file.fileName}`, file.type === "chunk" ? file.code : file.source);
  for (const [name, bytes] of files) resources.set(`/files/${name}`, bytes);
  const server = createServer(({ url = "" }, response) => {
    const resource = resources.get(url);
    const type = url === "/" ? "text/html" : (TYPES[url.split(".").at(-1) ?? ""] ?? "application/octet-stream");
    const headers = { "content-type": type, "content-security-policy": PAGE_POLICY.join("; ") };
    if (resource === undefined) response.writeHead(404).end();
    else response.writeHead(200, headers).end(resource);
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

async function bundlePage(): Promise<Rolldown.RolldownOutput["output"]> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    base: "./",
    build: {
      write: false,
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: fileURLToPath(new URL("./page.ts", import.meta.url)),
        output: { entryFileNames: "page.js" },
        checks: { bundlerTimings: false },
      },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !("output" in bundle)) throw new Error("vite was asked to build once, and to write nothing");
  return bundle.output;
}
