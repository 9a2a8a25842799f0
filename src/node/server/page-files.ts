import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { getMimeType } from "hono/utils/mime";
import { InvalidRequest } from "../../core/errors.js";
import { ELSEWHERE } from "../../site/elsewhere.js";
import { codeOf } from "../errors.js";
import { etagOf, gzippable, type Resource } from "./resource.js";

/** Where the build puts the page. */
export const PAGE_FOLDER = fileURLToPath(new URL("../../web", import.meta.url));

/** Files whose names contain a hash of the contents: `assets/index-B2x_9Qa1.js`. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * The files of the built page by their paths relative to it, with slashes. They are read at the start: a later build does not
 * mix with what is served, and no address leads out of the folder.
 *
 * @throws InvalidRequest if the page is not built
 */
export function readPage(folder: string = PAGE_FOLDER): Map<string, Resource> {
  const page = new Map(pathsIn(folder).map((path) => [path, readResource(join(folder, path), path)]));
  if (!page.has("index.html")) throw new InvalidRequest(`the page is not in ${folder}: run npm run build first`);
  const elsewhere = page.get(ELSEWHERE);
  page.delete(ELSEWHERE);
  const modules: Record<string, string> = elsewhere ? JSON.parse(new TextDecoder().decode(elsewhere.body)) : {};
  for (const [path, module] of Object.entries(modules)) page.set(path, readResource(moduleFile(module), path));
  return page;
}

/**
 * Where a module of the page is that this program uses too: the package has it once.
 *
 * @param name  of its source file
 */
export function pageModule(name: string, folder: string = PAGE_FOLDER): string {
  const path = pathsIn(folder).find((each) => each.startsWith(`assets/${name}-`) && each.endsWith(".js"));
  if (!path) throw new Error(`the page in ${folder} has no module ${name}`);
  return pathToFileURL(join(folder, path)).href;
}

function pathsIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, "/"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new InvalidRequest(`cannot read the page in ${folder} (${codeOf(error)}): make it readable`);
  }
}

const moduleFile = createRequire(import.meta.url).resolve;

function readResource(file: string, path: string): Resource {
  const body = new Uint8Array(readFileSync(file));
  const type = getMimeType(path) ?? "application/octet-stream";
  return gzippable({ body, type, etag: etagOf(body), immutable: HASHED.test(path) });
}
