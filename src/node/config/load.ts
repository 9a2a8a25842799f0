import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import { InvalidJson, parseJson } from "../../core/formats/parse-json.js";
import { type ProjectConfig, useConfig } from "../../core/project-config.js";
import { readTextWithin, Unreadable } from "../read.js";
import { shownPath } from "./find.js";

const MOST_BYTES = 2 ** 20;
/** Residual layers lie within one another. */
const DEEPEST = 128;

/** What a configuration may import of this package: what runs it, whether or not its folder has one. */
const OWN_MODULES = ["pairlab", "pairlab/kernels", "pairlab/node"];

/**
 * Reads a project's configuration, a script's by running it, and adds its architectures.
 *
 * @throws InvalidRequest with the file's name, and the line where that is known; a script that never finishes is waited for as long as
 *   anything can still happen
 */
export async function loadConfig(path: string): Promise<ProjectConfig> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile())
    throw new InvalidRequest(`${shownPath(path)} is ${stats ? "not a file" : "not there"}: name a pairlab.config file`);
  try {
    const config = path.endsWith(".json")
      ? parseJson((await readTextWithin(path, MOST_BYTES)).replace(/^\uFEFF/, ""), DEEPEST)
      : await unlessNothingHappens(exported(path));
    useConfig(config as ProjectConfig);
    return config as ProjectConfig;
  } catch (error) {
    throw new InvalidRequest(`${shownPath(path)}${placeOf(error, path)}: ${firstLine(error)}`, { cause: error });
  }
}

/**
 * A promise's value. Where it is still awaited when the process has nothing left to do, Node.js would end it without a word.
 *
 * @throws InvalidRequest in that case
 */
async function unlessNothingHappens<Value>(awaited: Promise<Value>): Promise<Value> {
  let noteEnd = () => {};
  const end = new Promise<never>((_, reject) => {
    noteEnd = () =>
      // Whatever comes of the error has its turn before the process ends.
      setImmediate(() =>
        reject(new InvalidRequest("it never finishes loading: it awaits something that cannot happen any more")),
      );
    process.once("beforeExit", noteEnd);
  });
  try {
    return await Promise.race([awaited, end]);
  } finally {
    process.off("beforeExit", noteEnd);
  }
}

async function exported(path: string): Promise<unknown> {
  // Loading it takes a tenth of a second.
  const { createJiti } = await import("jiti");
  const alias = Object.fromEntries(OWN_MODULES.map((name) => [name, createRequire(import.meta.url).resolve(name)]));
  const jiti = createJiti(dirname(path), {
    alias,
    nativeModules: Object.values(alias),
    fsCache: false,
    interopDefault: false,
  });
  const { default: config } = await jiti.import<{ readonly default?: unknown }>(path);
  if (config === undefined)
    throw new InvalidRequest("it has no default export: write export default defineConfig({ … })");
  if (typeof config === "function") throw new InvalidRequest("its default export is a function: export an object");
  return config;
}

/** An imported name as it is after the script's transformation. */
const IMPORTED = /\(0 , _\w+\.(\w+)\)/g;

function firstLine(error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
  const line = first.replaceAll(IMPORTED, "$1").trim();
  return error instanceof InvalidJson || error instanceof Unreadable ? `it ${line}` : line;
}

/** ":12" where an error's stack names the file, ":12:3" of JSON. */
function placeOf(error: unknown, path: string): string {
  if (error instanceof InvalidJson) return `:${error.place.line}:${error.place.column}`;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(`${path}:`);
  const [, line] = at < 0 ? [] : (/^:(\d+)/.exec(stack.slice(at + path.length)) ?? []);
  return line === undefined ? "" : `:${line}`;
}
