import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import { PAGE_POLICY } from "../../src/site/page-policy.js";
import { type Site, serveFiles } from "../support/bundled-site.js";

/** Serves `page.ts` as the page's bundler bundles it, under the page's security policy, and files beside it, on this machine alone. */
export async function servePictures(files: ReadonlyMap<string, Uint8Array>): Promise<Site> {
  const resources = new Map<string, string | Uint8Array>([
    ["/", '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>'],
  ]);
  for (const file of await bundlePage())
    resources.set(`/${file.fileName}`, file.type === "chunk" ? file.code : file.source);
  for (const [name, bytes] of files) resources.set(`/files/${name}`, bytes);
  return serveFiles(resources, { "content-security-policy": PAGE_POLICY.join("; ") });
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
