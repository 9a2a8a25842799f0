import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The core, the command line, the server and the page's address as one program that Node.js runs. */
export default defineConfig({
  root: at("."),
  logLevel: "warn",
  build: {
    ssr: true,
    target: "node20",
    outDir: at("../dist/fuzz"),
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: { main: at("main.ts"), child: at("child.ts") },
      // Beside each other: what is looked up from where a module lies is found from all.
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
