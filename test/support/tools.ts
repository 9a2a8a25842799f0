import { readdirSync } from "node:fs";
import { resolve } from "node:path";

const MODULES = resolve("test/tools/node_modules");
const { platform, arch } = process;

/** The command of a package of test/tools. */
export const tool = (name: string): string => `${MODULES}/.bin/${name}`;

/** A runtime's command line, to which a script's path is added. */
export interface Runtime {
  readonly title: string;
  readonly command: readonly string[];
}

/** The file of a command in the package for this machine: `@oven/bun-linux-x64`, `@deno/linux-x64-glibc`. */
function native(scope: string, command: string): string {
  const name = readdirSync(`${MODULES}/${scope}`).find((each) =>
    new RegExp(`${platform}-${arch}(-glibc)?$`).test(each),
  );
  return `${MODULES}/${scope}/${name}/${command}`;
}

/** What runs pairlab: this Node.js, two later ones, Bun and Deno. */
export const RUNTIMES: readonly Runtime[] = [
  { title: `Node.js ${process.versions.node}`, command: [process.execPath] },
  ...["node22", "node24"].map((name) => ({
    title: name.replace("node", "Node.js "),
    command: [`${MODULES}/${name}-${platform}-${arch}/bin/node`],
  })),
  { title: "Bun", command: [native("@oven", "bin/bun"), "run"] },
  { title: "Deno", command: [native("@deno", "deno"), "run", "-A"] },
];
