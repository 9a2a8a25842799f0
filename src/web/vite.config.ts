import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at("../../package.json"), "utf8"));

/** What the page may load: its own files and nothing else. A server says so in a header too. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const policy: Plugin = {
  name: "pairlab-policy",
  transformIndexHtml: (html) => html.replace("%CSP%", POLICY),
};

export default defineConfig({
  root: at("."),
  base: "./",
  define: { PAIRLAB_VERSION: JSON.stringify(version) },
  plugins: [policy],
  worker: { format: "es" },
  build: {
    outDir: at("../../dist/web"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
