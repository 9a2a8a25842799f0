import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { packagesAndLicenses } from "../../scripts/bundle/packages.js";
import { ELSEWHERE } from "../site/elsewhere.js";
import { PAGE_POLICY } from "../site/page-policy.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const UNUSED: readonly string[] = ["d3-geo", "d3-scale-chromatic", "d3-time", "d3-time-format", "isoformat", "d3-axis"];
/** What other plugins leave alone begins with it. */
const MARK = "\0";
const { version } = JSON.parse(readFileSync(at("../../package.json"), "utf8"));

// The kernels contain code of the compiler's library.
const { packages, licenses } = packagesAndLicenses(
  "licenses.txt",
  ["assemblyscript"],
  [
    "The images are MNIST (Y. LeCun, C. Cortes, C. J. C. Burges), CC BY-SA 3.0: https://creativecommons.org/licenses/by-sa/3.0/",
  ],
);

const policy: Plugin = {
  name: "pairlab-policy",
  transformIndexHtml: (html) => html.replace("%CSP%", PAGE_POLICY.join("; ")),
};

/** Where the page starts a worker. */
const STARTED = /new Worker\(new URL\("([^"]+)", import\.meta\.url\)/g;

/** Makes the workers chunks of the page's own build: Vite bundles each apart, with all that the page and the others have too. */
const workers: Plugin = {
  name: "pairlab-workers",
  apply: "build",
  enforce: "pre",
  transform: {
    filter: { code: STARTED },
    handler(code, id) {
      return code.replaceAll(STARTED, (_, path) => {
        const file = this.emitFile({ type: "chunk", id: resolve(dirname(id), path), preserveSignature: false });
        return `new Worker(import.meta.ROLLDOWN_FILE_URL_${file}`;
      });
    },
  },
};

/** Vite's helper of dynamic imports, which fetches what these import at once, takes a document: a worker does without. */
const importsOfWorkers: Plugin = {
  name: "pairlab-imports-of-workers",
  apply: "build",
  transform: {
    filter: { id: /^\0vite\/preload-helper/ },
    handler(code) {
      const changed = code
        .replace("deps && deps.length > 0", 'typeof document !== "undefined" && $&')
        .replace("window.dispatchEvent", "globalThis.dispatchEvent");
      if (!changed.includes('typeof document !== "undefined" && deps') || changed.includes("window."))
        this.error("Vite's helper of dynamic imports is another than this plugin knows");
      return changed;
    },
  },
};

/** Emits the service worker with the names of all files of the page. */
const offline: Plugin = {
  name: "pairlab-offline",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const files = ["./", "site.json", ...readdirSync(at("./public")), ...Object.keys(bundle)].filter(
        (name) => name !== "index.html",
      );
      const source = readFileSync(at("./offline/service-worker.js"), "utf8");
      const contents = Object.values(bundle).map((file) => (file.type === "chunk" ? file.code : file.source));
      const digest = contents.reduce((hash, content) => hash.update(content), createHash("sha256").update(source));
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: source
          .replace('"%FILES%"', JSON.stringify(files.sort()))
          .replace("%BUILD%", digest.digest("hex").slice(0, 16)),
      });
    },
  },
};

/** Leaves out files that the package or one that it needs has elsewhere, and says in a file what to serve in their place. */
const elsewhere: Plugin = {
  name: "pairlab-elsewhere",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const files = Object.values(bundle).flatMap((file) =>
        file.type === "asset" && /\.(wasm|js)$/.test(file.originalFileNames[0] ?? "") ? [file] : [],
      );
      const places = files.map(({ fileName, originalFileNames: [original = ""] }) => {
        const [, inPackage] = /node_modules\/(.+)$/.exec(original) ?? [];
        return [fileName, inPackage ?? `pairlab/${basename(original)}`];
      });
      for (const { fileName } of files) delete bundle[fileName];
      this.emitFile({ type: "asset", fileName: ELSEWHERE, source: JSON.stringify(Object.fromEntries(places)) });
    },
  },
};

/** Leaves out what Plot has for maps, schemes of colours, dates and ramps, which the figures do not use: 23 kB gzipped. */
const unused: Plugin = {
  name: "pairlab-unused",
  enforce: "pre",
  resolveId: (id) => (UNUSED.includes(id) ? `${MARK}${id}` : undefined),
  load: async (id) =>
    id.startsWith(MARK) && UNUSED.includes(id.slice(MARK.length))
      ? Object.keys(await import(id.slice(MARK.length)))
          .map((name) => `export const ${name} = () => undefined;`)
          .join("\n")
      : undefined,
};

export default defineConfig({
  root: at("."),
  base: "./",
  define: { PAIRLAB_VERSION: JSON.stringify(version) },
  resolve: { alias: { "csv-parse/sync": "csv-parse/browser/esm/sync" } },
  plugins: [unused, policy, workers, importsOfWorkers, packages, licenses, offline, elsewhere],
  build: {
    outDir: at("../../dist/web"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
