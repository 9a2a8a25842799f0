import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A folder with nothing but pairlab, installed from its tarball as a stranger would. */
export interface Installation {
  readonly folder: string;
  /** The tarball's. */
  readonly bytes: number;
  readonly tarball: string;
  /** Writes a file into the folder and returns its path. */
  write(name: string, text: string): Promise<string>;
  /** Runs a command in the folder. A failure is an outcome too. */
  run(command: string, ...words: readonly string[]): Promise<Outcome>;
  remove(): Promise<void>;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Packs this build and installs it. The packages that it depends on come from npm's cache or its registry. */
export async function installPackage(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "pairlab-installed-"));
  const inFolder = (command: string, ...words: readonly string[]): Promise<Outcome> =>
    run(command, words, { cwd: folder, maxBuffer: 2 ** 26 }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );
  const written = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder]);
  const [{ size }] = JSON.parse(stdout);
  const [tarball] = await readdir(folder);
  await written("package.json", JSON.stringify({ private: true }));
  const { code, stderr } = await inFolder(
    "npm",
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    `./${tarball}`,
  );
  if (code !== 0) throw new Error(stderr);
  return {
    folder,
    bytes: size,
    tarball: join(folder, tarball as string),
    write: written,
    run: inFolder,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
