import { execFile, execFileSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const failure = ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr });
const tsc = resolve("node_modules/typescript/bin/tsc");

let room: string;
/** The package, unpacked, and the packages that it needs above it. What stands in it finds it by its name. */
let installed: string;
let files: string[];
let description: {
  readonly exports: Record<string, string | { types: string; default: string }>;
  readonly version: string;
};

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "pairlab-package-"));
  await run("npm", ["pack", "--silent", "--ignore-scripts", "--offline", "--pack-destination", room]);
  const [tarball] = await readdir(room);
  execFileSync("tar", ["-xzf", tarball as string], { cwd: room });
  installed = join(room, "package");
  await symlink(resolve("node_modules"), join(room, "node_modules"));
  files = (await readdir(installed, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(installed.length + 1));
  description = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
}, 60_000);

afterAll(() => rm(room, { recursive: true, force: true }));

test("every export is there, with its types, and can be imported", async () => {
  const targets = Object.values(description.exports).flatMap((target) =>
    typeof target === "string" ? [target] : [target.types, target.default],
  );
  for (const target of targets) expect(files).toContain(target.slice(2));
  const names = Object.keys(description.exports).map((name) => name.replace(".", "pairlab"));
  expect(names).toContain("pairlab/package.json");
  const program = `
    const { train } = await import("pairlab");
    const { loadKernels } = await import("pairlab/node");
    const { default: { version } } = await import("pairlab/package.json", { with: { type: "json" } });
    console.log(typeof train, loadKernels() instanceof WebAssembly.Module, version);
    for (const name of ${JSON.stringify(names)}) import.meta.resolve(name);`;
  await writeFile(join(installed, "user.mjs"), program);
  const { stdout } = await run(process.execPath, ["--no-warnings", join(installed, "user.mjs")]);
  expect(stdout).toBe(`function true ${description.version}\n`);
});

test("the command is there", async () => {
  const { stdout } = await run(process.execPath, [join(installed, "bin/pairlab.js"), "--version"]);
  expect(stdout.trim()).toBe(description.version);
});

// With skipLibCheck false every declaration is checked, not the ones alone that the program asks for.
test.each([
  ["bundler", "esnext"],
  ["node16", "node16"],
  ["nodenext", "nodenext"],
])("its types are checked without an error by moduleResolution %s", async (moduleResolution, module) => {
  const folder = join(installed, moduleResolution);
  await mkdir(folder);
  await writeFile(
    join(folder, "user.mts"),
    `import { findArchitecture, samplePairSet, train } from "pairlab";
     import { embeddedKernels } from "pairlab/kernels";
     import { loadDataset, loadKernels } from "pairlab/node";
     const either = [loadKernels, embeddedKernels];
     const network = findArchitecture("mlp");
     const pairs = samplePairSet(await loadDataset(), 0);
     for (const { result } of train(either[0]!(), network, pairs, 0, { ...network, evaluate: "epoch" })) {
       const accuracy: number | undefined = result?.testAccuracy;
       // @ts-expect-error
       const text: string | undefined = result?.testAccuracy;
       console.log(accuracy, text);
     }`,
  );
  const compilerOptions = { strict: true, noEmit: true, target: "es2022", module, moduleResolution, types: ["node"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["user.mts"] }));
  const { stdout } = await run(process.execPath, [tsc, "-p", folder]).catch((error) => error);
  expect(stdout).toBe("");
});

test("it has licences, and nothing that only its developers need", async () => {
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "THIRD-PARTY.md"]));
  expect(files.filter((file) => !/^(bin\/|dist\/(core\/kernels|program|types|web)\/|[^/]+$)/.test(file))).toEqual([]);
  expect(files.filter((file) => /\.test\.|\.tsbuildinfo$|fixtures/.test(file))).toEqual([]);
});

test("no file names a source map that is not there, and no map a source that is not", async () => {
  const missing: string[] = [];
  for (const file of files.filter((name) => /\.(js|css|d\.ts)$/.test(name))) {
    const text = await readFile(join(installed, file), "utf8");
    const map = /^\/[/*]# sourceMappingURL=(?!data:)(\S+)/m.exec(text)?.[1];
    if (map && !files.includes(join(dirname(file), map))) missing.push(`${file}: ${map}`);
  }
  for (const file of files.filter((name) => name.endsWith(".map"))) {
    const { sources, sourcesContent = [] } = JSON.parse(await readFile(join(installed, file), "utf8"));
    for (const [i, source] of sources.entries())
      if (!sourcesContent[i] && !files.includes(join(dirname(file), source))) missing.push(`${file}: ${source}`);
  }
  expect(missing).toEqual([]);
});

test("what is bundled comes with the licences of its packages, which are those of THIRD-PARTY.md", async () => {
  const bundled = files.filter((file) => file.endsWith("licenses.txt"));
  expect(bundled.sort()).toEqual(["dist/program/program.licenses.txt", "dist/web/licenses.txt"]);
  const listed = await readFile("THIRD-PARTY.md", "utf8");
  for (const file of bundled) {
    const [own, ...others] = (await readFile(join(installed, file), "utf8")).split(`\n\n${"-".repeat(80)}\n\n`);
    expect(own).toMatch(/^pairlab .* \(MIT\)\n/);
    expect(others.length).toBeGreaterThan(0);
    for (const text of others.filter((each) => !each.startsWith("The images are MNIST"))) {
      const [, name, version, license] = /^(\S+) (\S+) \((\S+)\)\n/.exec(text) ?? [];
      expect(listed).toContain(`| ${name} | ${version} | ${license} |`);
    }
  }
});

test("THIRD-PARTY.md has the packages of the lock file, and another licence than those allowed is refused", async () => {
  const script = resolve("scripts/licences.js");
  await run(process.execPath, [script, "--check"]);

  const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
  const check = async (added: Record<string, unknown>) => {
    const packages = { ...lock.packages, "node_modules/added": { version: "1.2.3", ...added } };
    await writeFile(join(room, "package-lock.json"), JSON.stringify({ ...lock, packages }));
    await copyFile("THIRD-PARTY.md", join(room, "THIRD-PARTY.md"));
    return run(process.execPath, [script, "--check"], { cwd: room }).catch(failure);
  };
  expect(await check({ license: "GPL-3.0", dev: true })).toEqual({ stdout: "", stderr: "" });
  expect(await check({ license: "MIT" })).toEqual({
    code: 1,
    stderr: "error: THIRD-PARTY.md is not of this package-lock.json and these bundles: run npm run licences\n",
  });
  expect(await check({ license: "GPL-3.0" })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("added 1.2.3 has the licence GPL-3.0, which is none of"),
  });
});

test("a build without developer packages says in one line what is missing", async () => {
  const clone = await mkdtemp(join(tmpdir(), "pairlab-clone-"));
  try {
    await mkdir(join(clone, "scripts"));
    for (const file of ["package.json", "scripts/check-builders.js"]) await copyFile(file, join(clone, file));
    expect(await run("npm", ["run", "--silent", "build"], { cwd: clone }).catch(failure)).toEqual({
      code: 1,
      stderr:
        "error: building pairlab takes developer packages, and typescript is not installed: run npm ci --include=dev first\n",
    });
  } finally {
    await rm(clone, { recursive: true });
  }
});
