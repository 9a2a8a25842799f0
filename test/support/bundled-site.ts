import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "vite";

export interface Site {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  mjs: "text/javascript",
  wasm: "application/wasm",
};

/** Serves files by their paths, such as "/page.js", on this machine alone. "/" is HTML. */
export async function serveFiles(
  files: ReadonlyMap<string, string | Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const server = createServer(({ url = "" }, response) => {
    const file = files.get(url);
    const type = TYPES[url === "/" ? "html" : (url.split(".").at(-1) as string)] ?? "application/octet-stream";
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": type, ...headers }).end(file);
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

/** A page without content. */
export const emptyPage = (title: string): string => `<!doctype html><meta charset=utf-8><title>${title}</title>`;

/** A module with the built library as one script, as a web application would have it. */
export async function bundled(module: URL): Promise<string> {
  const bundles = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: { write: false, lib: { entry: fileURLToPath(module), formats: ["es"], fileName: "page" } },
  });
  const [bundle] = Array.isArray(bundles) ? bundles : [bundles];
  if (!bundle || !("output" in bundle)) throw new Error("vite was asked to build once, and to write nothing");
  return bundle.output[0].code;
}
