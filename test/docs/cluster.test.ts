import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { engineIdentity, loadDataset } from "pairlab/node";
import { expect, test } from "vitest";
import { queueName } from "../../src/node/queue/protocol.js";
import { PATIENCE, testDocument } from "./document.js";

const { blocks, folder, type } = testDocument("docs/cluster.md");

test("a task of the SLURM array prints what four tasks printed", { timeout: PATIENCE }, async () => {
  const script = blocks.find(({ text }) => text.startsWith("#!/bin/bash\n#SBATCH"))?.text ?? "";
  await writeFile(join(folder(), "compare.sh"), script);
  const printed = await type("SLURM_CPUS_PER_TASK=1 bash compare.sh | sha256sum");
  const said = blocks.map(({ text }) => /^ +4 ([0-9a-f]{64})$/m.exec(text)?.[1]).find(Boolean);
  expect(printed).toBe(`${said}  -\n`);
});

test("the containers' files are of this version and these packages, and their Job asks for what the array asks for", async () => {
  const read = (path: string) => readFile(path, "utf8");
  const { version, devDependencies } = JSON.parse(await read("package.json"));
  const [workers, job] = [await read("deploy/kubernetes.yaml"), await read("deploy/kubernetes-job.yaml")];
  for (const text of [workers, job]) expect(text).toContain(`image: pairlab-worker:${version}\n`);
  for (const text of [workers, await read("deploy/compose.yaml")])
    expect(text).toMatch(/--maxmemory-policy noeviction$/m);
  const dockerfile = await read("deploy/Dockerfile");
  for (const name of ["bullmq", "ioredis"]) expect(dockerfile).toContain(` ${name}@${devDependencies[name]}`);
  // What the script of the SLURM array asks for, which is tried above.
  const [, given = ""] = /args:\s+\[(compare,[^\]]+)\]/.exec(job) ?? [];
  const [asked = "", rest] = given.replaceAll(/[",]/g, "").split(/(?<=--rounds 5) /);
  expect(blocks.some(({ text }) => text.includes(`pairlab ${asked} `))).toBe(true);
  expect(rest).toBe("--workers 2 --runs /common/runs --out /common/report");
});

test("the autoscaler counts the list where the runs of this version wait", async () => {
  const queue = queueName({ dataset: (await loadDataset()).identity, engine: engineIdentity("base") });
  expect(await readFile("deploy/kubernetes.yaml", "utf8")).toContain(`listName: "pairlab:${queue}:wait"`);
  expect(await readFile("docs/cluster.md", "utf8")).toContain(`such as \`${queue}\``);
});
