import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Packages that contain the code of another one. */
const WITHIN: Readonly<Record<string, string>> = { "d3-array": "internmap" };

/** Where packages keep the licences of what they were compiled from. */
const LICENSE_FOLDERS = ["", "codec/"];

/** A package's name, version and licence in its own words. */
function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const files = LICENSE_FOLDERS.filter((within) => existsSync(`${folder}/${within}`)).flatMap((within) =>
    readdirSync(`${folder}/${within}`)
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .map((file) => within + file),
  );
  if (files.length === 0) throw new Error(`${folder} has no licence file: pairlab must not ship it`);
  return [
    `${name} ${version} (${license})`,
    ...files.map((file) => readFileSync(`${folder}/${file}`, "utf8").trim()),
  ].join("\n\n");
}

/**
 * Plugins: one that finds out of which packages a bundle is made; one that emits their licences as a file; and in its place one that makes sure that a file of another bundle has them.
 *
 * @param fileName  of the licences
 * @param beside  names of packages whose code is in the bundle in another form
 * @param notes   what is said before the packages'
 */
export function packagesAndLicenses(
  fileName: string,
  beside: readonly string[],
  notes: readonly string[],
): { readonly packages: Plugin; readonly licenses: Plugin; readonly areWithin: (file: string) => Plugin } {
  const folders = new Set(beside.map((name) => at(`node_modules/${name}`)));
  return {
    packages: {
      name: "pairlab-packages",
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
          const modules = file.type === "chunk" ? file.moduleIds : [];
          for (const id of modules) for (const [folder] of [PACKAGE.exec(id) ?? []]) if (folder) folders.add(folder);
        }
        for (const [name, within] of Object.entries(WITHIN))
          if (folders.has(at(`node_modules/${name}`))) folders.add(at(`node_modules/${within}`));
      },
    },
    licenses: {
      name: "pairlab-licenses",
      generateBundle() {
        const parts = [licenseOf(at("")), ...notes, ...[...folders].sort().map(licenseOf)];
        this.emitFile({
          type: "asset",
          fileName,
          source: `${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`,
        });
      },
    },
    areWithin: (file) => ({
      name: "pairlab-licenses-within",
      generateBundle() {
        const there = readFileSync(file, "utf8");
        const missing = [...folders].filter((folder) => !there.includes(licenseOf(folder)));
        if (missing.length > 0) throw new Error(`${file} has no licence of ${missing.join(", ")}`);
      },
    }),
  };
}
