import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { packagesAndLicenses } from "./packages.js";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The threads. */
const THREADS = {
  worker: "dist/node/workers/worker.js",
  "store-worker": "dist/node/server/store-worker.js",
  "decode-worker": "dist/node/data/pictures/decode-worker.js",
};

/**
 * What a mode bundles: the library with the command line, which share their code, and the threads. Those have files of their own,
 * at most four each, because there may be many threads at once where a process may open few files.
 */
const ENTRIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  program: { index: "dist/core/index.js", node: "dist/node/index.js", main: "dist/node/cli/main.js" },
  threads: THREADS,
};

/** The packages that draw figures. They are large and are loaded only for results, so they are not bundled. */
const LEFT = ["@observablehq/plot", "linkedom"];

/** Adjusts the paths of files beside a module: threads are bundled too, and all other files stay in their place. */
const beside: Plugin = {
  name: "pairlab-beside",
  transform(code, id) {
    if (!id.startsWith(at("dist/"))) return undefined;
    const place = `new URL("../${relative(at("dist"), id)}", import.meta.url).href`;
    return code.replaceAll(/(new URL\("\.\/([\w-]+)\.js", )?import\.meta\.url/g, (found, thread, name) =>
      thread && name in THREADS ? found : `${thread ?? ""}${place}`,
    );
  },
};

/** One of the bundles, with the packages that it needs: Node.js takes a millisecond to load a file. */
export default defineConfig(({ mode }) => {
  const entries = Object.entries(ENTRIES[mode] ?? {}).map(([name, path]) => [name, at(path)]);
  const { packages, licenses } = packagesAndLicenses(`${mode}.licenses.txt`, [], []);
  return {
    root: at(""),
    publicDir: false,
    plugins: [beside, packages, licenses],
    ssr: { noExternal: true, external: LEFT },
    build: {
      ssr: true,
      target: "node20",
      outDir: at("dist/program"),
      emptyOutDir: mode === "program",
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(entries),
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash].js",
          minify: { compress: true, mangle: { toplevel: false }, codegen: true },
        },
        checks: { bundlerTimings: false, ineffectiveDynamicImport: false },
      },
    },
  };
});
