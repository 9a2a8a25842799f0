import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { packagesAndLicenses } from "./packages.js";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The thread that trains: there may be many at once, where a process may open few files. So it has a file of its own. */
const TRAINING = { worker: "dist/node/workers/worker.js" };

/** Threads that share the code of the command line. */
const SHARING = {
  "store-worker": "dist/node/server/store-worker.js",
  "decode-worker": "dist/node/data/pictures/decode-worker.js",
};

const THREADS = { ...TRAINING, ...SHARING };

/** What a mode bundles: the library, the command line and threads, which share their code, or the thread that has its own. */
const ENTRIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  program: {
    index: "dist/core/index.js",
    kernels: "dist/core/embedded-kernels.js",
    node: "dist/node/index.js",
    main: "dist/node/cli/main.js",
    ...SHARING,
  },
  threads: TRAINING,
};

/**
 * Packages that are not bundled: those that draw figures or run a configuration are large and rarely loaded, those that decode pictures
 * are installed for their WebAssembly, and those of queues are there only where somebody installed them.
 */
const LEFT = ["@observablehq/plot", "jiti", "linkedom", "@jsquash/jpeg", "@jsquash/webp", "bullmq", "ioredis"];

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

/**
 * The library shares the bundler's helpers with the command line, whose packages `require` modules of Node.js. Bundlers for browsers
 * would look for the module that makes such a `require`, so it is asked for where there is Node.js, in place of an import.
 */
const noImportOfNode: Plugin = {
  name: "pairlab-no-import-of-node",
  renderChunk(code) {
    const [statement] = /^import \{ createRequire \} from "node:module";$/m.exec(code) ?? [];
    if (!statement || !code.includes("var __require =")) return undefined;
    const asked = 'globalThis.process?.getBuiltinModule?.("node:module").createRequire(import.meta.url)';
    return code.replace(statement, "").replace("createRequire(import.meta.url)", asked);
  },
};

/** One of the bundles, with the packages that it needs: Node.js takes a millisecond to load a file. */
export default defineConfig(({ mode }) => {
  const entries = Object.entries(ENTRIES[mode] ?? {}).map(([name, path]) => [name, at(path)]);
  const { packages, licenses, areWithin } = packagesAndLicenses("program.licenses.txt", [], []);
  // That thread is bundled second, into the same folder: its packages are among those of the program.
  const ofPackages = mode === "program" ? licenses : areWithin(at("dist/program/program.licenses.txt"));
  return {
    root: at(""),
    publicDir: false,
    plugins: [beside, noImportOfNode, packages, ofPackages],
    // For Node.js it has another build, with threads that nothing here uses.
    resolve: { alias: { fflate: "fflate/browser" } },
    ssr: { noExternal: true, external: LEFT },
    build: {
      ssr: true,
      target: "node20",
      outDir: at("dist/program"),
      emptyOutDir: mode === "program",
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(entries),
        // A thread's file would else hold code that others import, and run the thread in them.
        preserveEntrySignatures: "strict",
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash].js",
          minify: {
            compress: true,
            mangle: { toplevel: true, keepNames: { class: true, function: false } },
            codegen: true,
          },
        },
        checks: { bundlerTimings: false, ineffectiveDynamicImport: false },
      },
    },
  };
});
