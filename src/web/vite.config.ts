import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { PAGE_POLICY } from "../site/page-policy.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at("../../package.json"), "utf8"));

/** Folders of packages that the page's scripts, those of its workers too, are made of. */
const packages = new Set<string>();

const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;

const packagesOf: Plugin = {
  name: "pairlab-packages",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      const modules = file.type === "chunk" ? file.moduleIds : [];
      for (const id of modules) for (const [folder] of [PACKAGE.exec(id) ?? []]) if (folder) packages.add(folder);
    }
  },
};

/** Emits the licences of all that the page is made of: its foot has a link. */
const licenses: Plugin = {
  name: "pairlab-licenses",
  generateBundle() {
    // The kernels have code of the compiler's library, and d3-array has internmap within.
    const within = ["assemblyscript", "internmap"].map((name) => at(`../../node_modules/${name}`));
    const folders = [...packages, ...within].sort();
    const images =
      "The images are MNIST (Y. LeCun, C. Cortes, C. J. C. Burges), CC BY-SA 3.0: https://creativecommons.org/licenses/by-sa/3.0/";
    const parts = [licenseOf(at("../..")), images, ...folders.map(licenseOf)];
    this.emitFile({ type: "asset", fileName: "licenses.txt", source: `${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n` });
  },
};

/** A package's name, version and licence in its own words. */
function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0) throw new Error(`${folder} has no licence file: the page must not ship it`);
  return [
    `${name} ${version} (${license})`,
    ...files.map((file) => readFileSync(`${folder}/${file}`, "utf8").trim()),
  ].join("\n\n");
}

const policy: Plugin = {
  name: "pairlab-policy",
  transformIndexHtml: (html) => html.replace("%CSP%", PAGE_POLICY.join("; ")),
};

/** Emits the service worker with the names of all files that the page consists of. */
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

export default defineConfig({
  root: at("."),
  base: "./",
  define: { PAIRLAB_VERSION: JSON.stringify(version) },
  plugins: [policy, packagesOf, licenses, offline],
  worker: { format: "es", plugins: () => [packagesOf] },
  build: {
    outDir: at("../../dist/web"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A machine that is busy is nobody's fault.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
