import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundled, emptyPage, type Site, serveFiles } from "../support/bundled-site.js";

/** Serves an empty page with `page.ts`, both builds of the kernels and the files of a folder beside it. */
export async function serveSite(folder: string): Promise<Site> {
  const names = await readdir(folder);
  return serveFiles(
    new Map<string, string | Uint8Array>([
      ["/", emptyPage("pairlab")],
      ["/page.js", await bundled(new URL("./page.ts", import.meta.url))],
      ...(await Promise.all(["kernels.wasm", "kernels.fused.wasm"].map(kernels))),
      ...(await Promise.all(names.map(async (name) => [`/${name}`, await readFile(join(folder, name))] as const))),
    ]),
  );
}

const kernels = async (name: string): Promise<[string, Uint8Array]> => [
  `/${name}`,
  await readFile(new URL(`../../dist/core/kernels/${name}`, import.meta.url)),
];
