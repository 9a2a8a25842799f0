import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { packagesAndLicenses } from "./packages.js";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The command line and its threads. Each is a separate bundle, because nothing else may load a thread's file. */
const ENTRIES = {
  main: at("dist/node/cli/main.js"),
  worker: at("dist/node/workers/worker.js"),
  "store-worker": at("dist/node/server/store-worker.js"),
  "decode-worker": at("dist/node/data/pictures/decode-worker.js"),
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
      thread && name in ENTRIES ? found : `${thread ?? ""}${place}`,
    );
  },
};

/**
 * One of the bundles, which the mode names, with the packages that it needs: Node.js takes a millisecond to load a file. A thread
 * is a single file, for there may be many of them at once where a process may open few; the command line loads what a command needs.
 */
export default defineConfig(({ mode }) => {
  const input = ENTRIES[mode as keyof typeof ENTRIES];
  const { packages, licenses } = packagesAndLicenses(`${mode}.licenses.txt`, [], []);
  return {
    root: at(""),
    publicDir: false,
    plugins: [beside, packages, licenses],
    ssr: { noExternal: true, external: LEFT },
    build: {
      ssr: true,
      target: "node20",
      outDir: at("dist/cli"),
      emptyOutDir: mode === "main",
      minify: false,
      rolldownOptions: {
        input: { [mode]: input },
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash].js",
          codeSplitting: mode === "main",
          minify: { compress: false, mangle: false, codegen: true },
        },
        checks: { bundlerTimings: false },
      },
    },
  };
});
