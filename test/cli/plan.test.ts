import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/core/formats/canonical-json.js";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const images = () => ["--data", at("MNIST")];
const runs = () => ["--runs", at("runs"), "--quiet"];
const SMALL = ["--pairs", "60", "--epochs", "2", "--seed", "3"];
const plan = (...more: string[]) => here(["plan", ...more, ...images()]);
const compare = (...more: string[]) => here(["compare", ...more, ...images(), ...runs()]);
const textOf = (...names: string[]) => readFile(at(...names), "utf8");
const sealedAs = async (name: string) => JSON.parse(await textOf(name));

// As JSON has it.
// biome-ignore lint/suspicious/noExplicitAny: a document that somebody edits
type Edit = (copy: any) => unknown;

/** A plan that was changed, with the hash that it then has. */
async function resealed(name: string, change: Edit): Promise<string> {
  const { sha256: _, ...copy } = await sealedAs("plan.json");
  change(copy);
  const sha256 = createHash("sha256").update(canonicalJson(copy)).digest("hex");
  await writeFile(at(name), JSON.stringify({ ...copy, sha256 }));
  return at(name);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(at("MNIST"));
  const { code } = await plan("quick", "mlp:learning-rate=0.002", ...SMALL, "--rounds", "2", "--out", at("plan.json"));
  expect(code).toBe(0);
});
afterAll(() => folder.remove());

describe("plan", () => {
  test("prints the hash of its file, says what is planned, and trains nothing", async () => {
    const asked = ["quick", "mlp", ...SMALL, "--until", "shown", "--margin", "0.5", "--rounds-at-most", "8"];
    const { code, stdout, stderr } = await plan(...asked, "--runs", at("none"), "--out", at("until.json"));
    const { sha256, ...rest } = await sealedAs("until.json");
    expect(sha256).toBe(createHash("sha256").update(canonicalJson(rest)).digest("hex"));
    expect([code, stdout]).toEqual([
      0,
      `${at("until.json")}: SHA-256 ${sha256}
Is the first of two handwritten digits less than or equal to the second? quick and mlp are compared. Rounds are added from seed 3 on, 6 at least and 8 at most (16 runs), until each difference is shown, or shown to be below 0.50 points. Nothing was trained.
`,
    ]);
    expect(stderr).toBe(
      `\nput the hash where it gets a date, such as a commit or an e-mail; then: pairlab compare --plan ${at("until.json")} --data ${at("MNIST")}\n`,
    );
    expect(await readdir(folder.path)).not.toContain("none");
    expect(rest).toMatchObject({ rounds: 8, until: { margin: 0.005 }, settings: { epochs: 2, trainPairs: 60 } });
  });

  test("--json prints the document, the same each time and with any number of workers", async () => {
    const asked = ["quick", "mlp:learning-rate=0.002", ...SMALL, "--rounds", "2", "--out", at("plan.json"), "--json"];
    const { stdout, stderr } = await plan(...asked, "--workers", "1", "--queue", "redis://nowhere.invalid");
    expect([JSON.parse(stdout), stderr]).toEqual([await sealedAs("plan.json"), ""]);
  });

  test("its help lists no option that is refused", async () => {
    const { code, stdout } = await pairlab(["plan", "--help"]);
    expect([code, stdout.includes("--until")]).toEqual([0, true]);
    for (const refused of ["--optimizers", "--trials", "--tunings"]) expect(stdout).not.toContain(refused);
  });

  test("does not write over a folder, and names it", async () => {
    expect(await plan("quick", "mlp", ...SMALL, "--out", folder.path)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `error: ${folder.path} is there, and is not a file: name another file with --out\n`,
    });
  });

  test("does not write over another plan", async () => {
    const before = await textOf("plan.json");
    expect(await plan("quick", "mlp", ...SMALL, "--out", at("plan.json"))).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `error: ${at("plan.json")} is there, with other content: name another file with --out, or remove it\n`,
    });
    expect(await textOf("plan.json")).toBe(before);
  });

  test.each<[string, string[], RegExp]>([
    [
      "a search",
      ["mlp", "--optimizers", "all"],
      /^error: --optimizers finds settings by training, and a plan names them/,
    ],
    ["one network", ["mlp"], /^error: only mlp is given: a comparison needs at least two architectures/],
    ["another plan", ["mlp", "quick", "--plan", "x.json"], /^error: unknown option '--plan'/],
    ["a margin without a rule", ["mlp", "quick", "--margin", "1"], /^error: --margin says when --until shown stops/],
    ["nothing", [], /^error: missing required argument 'architectures'/],
  ])("of %s is refused in one line", async (_, asked, says) => {
    const { code, stdout, stderr } = await plan(...asked, "--out", at("refused.json"));
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(says);
    expect(await readdir(folder.path)).not.toContain("refused.json");
  });
});

describe("compare --plan", () => {
  test("runs exactly what was planned, and its report has the hash; verify sets it against the plan", async () => {
    const { sha256, architectures } = await sealedAs("plan.json");
    const planned = await compare("--plan", at("plan.json"), "--json", "--out", at("report"));
    expect([planned.code, planned.stderr]).toEqual([0, ""]);
    const { sealedPlan, ...comparison } = JSON.parse(planned.stdout);
    expect(sealedPlan).toEqual({ sha256 });
    type Row = { readonly runs: readonly { readonly id: string }[] };
    expect(comparison.architectures.map(({ runs }: Row) => runs.map(({ id }) => id))).toEqual(
      architectures.map(({ runs }: { readonly runs: readonly string[] }) => runs),
    );
    const asked = ["quick", "mlp:learning-rate=0.002", ...SMALL, "--rounds", "2", "--json", "--out", at("unplanned")];
    expect(JSON.parse((await compare(...asked)).stdout)).toEqual(comparison);
    expect(await readdir(at("unplanned"))).not.toContain("compare-plan.json");

    expect(await textOf("report", "compare-plan.json")).toBe(await textOf("plan.json"));
    const said = `networks, settings, seeds, comparisons and the number of rounds as in the plan of SHA-256 ${sha256}, which was made before training if that hash was published before`;
    const markdown = await textOf("report", "report.md");
    expect(markdown).toContain(`- **Sealed plan**: ${said}\n`);
    expect(markdown.split("Methods in one paragraph")[1]).toContain(`Sealed plan: ${said}. `);
    expect(await textOf("report", "report.html")).toContain(sha256);
    expect((await compare("--plan", at("plan.json"), "--out", at("report"))).stdout).toContain(
      `\nSealed plan: ${said}.\n`,
    );

    const { code, stdout } = await here(["verify", at("report"), ...images(), ...runs(), "--count", "1"]);
    expect([code, stdout.trimEnd().split("\n").at(-1)]).toEqual([
      0,
      `planned: the 4 runs of 2 rounds are those of the plan of SHA-256 ${sha256}, none is missing, and it stopped where the plan says`,
    ]);
  });

  test("verify names what is not as planned", async () => {
    const verify = (name: string, ...more: string[]) =>
      here(["verify", at(name), ...images(), ...runs(), "--count", "1", ...more]);
    const document = JSON.parse(await textOf("report", "compare.json"));
    const { sha256 } = document.sealedPlan;
    const [, { runs: mlp }] = document.architectures;
    const { id } = mlp.pop();
    await mkdir(at("fewer"));
    await writeFile(at("fewer", "compare.json"), JSON.stringify(document));
    expect(await verify("fewer")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: \S+fewer is not as planned: its plan, compare-plan.json, is missing$/m),
    });
    await copyFile(at("plan.json"), at("fewer", "compare-plan.json"));
    const lacks = `mlp:learning-rate=0.002 lacks the planned run ${id}`;
    const fewer = await verify("fewer");
    expect([fewer.code, fewer.stderr.trimEnd().split("\n").at(-1)]).toEqual([
      1,
      `error: ${at("fewer")} is not as planned: ${lacks}`,
    ]);
    const { stdout } = await verify("fewer", "--json");
    expect(JSON.parse(stdout).sealedPlan).toEqual({ sha256, deviations: [lacks] });
    await writeFile(
      at("fewer", "compare-plan.json"),
      (await textOf("plan.json")).replace('"rounds": 2', '"rounds": 1'),
    );
    expect((await verify("fewer")).stderr).toMatch(/is not as planned: the plan was changed after it was sealed/);
    await copyFile(at("plan.json"), at("fewer", "compare-plan.json"));
    const { architectures: _, ...others } = document;
    await writeFile(at("fewer", "compare.json"), JSON.stringify({ ...others, runs: mlp }));
    expect((await verify("fewer")).stderr).toMatch(
      /is not as planned: the comparison\.architectures is missing: it must be an array$/m,
    );
  });

  test("reads images as they were read for the plan", async () => {
    const asked = ["mlp", "mlp:learning-rate=0.003", ...SMALL, "--rounds", "1", "--size", "16x16"];
    expect((await plan(...asked, "--out", at("small.json"))).code).toBe(0);
    const { code, stdout } = await compare("--plan", at("small.json"), "--json", "--out", at("small"));
    const { dataset, sealedPlan } = JSON.parse(stdout);
    const { sha256 } = await sealedAs("small.json");
    expect([code, dataset.asked, sealedPlan]).toEqual([0, { size: { height: 16, width: 16 } }, { sha256 }]);
  });

  test.each<[string, string[], RegExp]>([
    ["a network", ["mlp"], /^error: --plan says which networks are compared: leave "mlp" out$/m],
    ["a seed", ["--seed", "3"], /^error: --plan says what is compared, and how: leave --seed out$/m],
    ["a setting", ["--epochs", "2"], /leave --epochs out$/m],
    ["a flag", ["--baseline"], /leave --baseline out$/m],
    ["another build", ["--simd", "fused"], /leave --simd out$/m],
    ["images of another size", ["--size", "14x14"], /leave --size out$/m],
    ["a rule", ["--until", "shown"], /leave --until out$/m],
    ["streams", ["--fix", "data"], /leave --fix out$/m],
  ])("takes nothing besides: %s", async (_, more, says) => {
    const { code, stdout, stderr } = await compare("--plan", at("plan.json"), ...more, "--out", at("besides"));
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(says);
    expect(await readdir(folder.path)).not.toContain("besides");
  });

  test("nor from a project's defaults, which say only where things are", async () => {
    const data = at("MNIST");
    await writeFile(
      at("pairlab.config.json"),
      JSON.stringify({ data, defaults: { epochs: 1, rounds: 9, seed: 8, workers: 1 } }),
    );
    const config = ["--config", at("pairlab.config.json")];
    const { code, stdout } = await pairlab([
      ...config,
      "compare",
      "--plan",
      at("plan.json"),
      ...runs(),
      "--json",
      "--out",
      at("own"),
    ]);
    const { sha256 } = await sealedAs("plan.json");
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({
        sealedPlan: { sha256 },
        rounds: 2,
        seed: 3,
        engine: expect.objectContaining({ workers: 1 }),
      }),
    ]);
  });

  test.each<[string, Edit, RegExp]>([
    [
      "other kernels",
      (copy) => Object.assign(copy.engine, { kernels: "0".repeat(64) }),
      /the plan was sealed by pairlab \S+, base kernels 0{16}…, and this is /,
    ],
    [
      "another version",
      (copy) => Object.assign(copy.engine, { version: "0.0.1" }),
      /the plan was sealed by pairlab 0\.0\.1, /,
    ],
    [
      "other images",
      (copy) => Object.assign(copy.dataset, { sha256: "0".repeat(64) }),
      /the plan is of MNIST, SHA-256 0{16}…, and these images are MNIST, /,
    ],
    [
      "another default",
      (copy) => Object.assign(copy.architectures[0].config, { learningRate: 0.5 }),
      /quick\.learningRate is 0\.5 in the plan, and would be /,
    ],
    [
      "an unknown network",
      (copy) => Object.assign(copy.architectures[0], { architecture: "mpl" }),
      /unknown architecture "mpl"/,
    ],
    ["an unknown setting", (copy) => Object.assign(copy.settings, { epoch: 1 }), /there is no setting "epoch"/],
    ["an optimizer that is none", (copy) => Object.assign(copy.settings, { optimizer: 3 }), /optimizer/],
    [
      "images that cannot be read so",
      (copy) => Object.assign(copy.dataset, { asked: { size: 3 } }),
      /size must be an object/,
    ],
    [
      "a margin of nothing",
      (copy) => Object.assign(copy, { until: { margin: 0 } }),
      /until\.margin must be a number above 0/,
    ],
  ])("a plan of %s is refused in one line before anything is trained", async (name, change, says) => {
    const file = await resealed(`${name}.json`, change);
    const { code, stdout, stderr } = await compare("--plan", file, "--runs", at("untrained"), "--out", at("besides"));
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(says);
    expect(await readdir(folder.path)).not.toContain("untrained");
  });

  test.each<[string, (text: string) => string | Uint8Array]>([
    ["empty", () => ""],
    ["cut", (text) => text.slice(0, -9)],
    ["of bytes", () => Uint8Array.from({ length: 300 }, (_, i) => (i * 37) % 256)],
    ["of zeros", (text) => text.replaceAll(/\d/g, "0")],
    ["an array", () => "[]"],
    ["null", () => "null"],
    ["nested without end", () => '{"format":'.repeat(50_000)],
    ["with a name twice", (text) => text.replace("{", '{"format": 1,')],
    ["of another format", (text) => text.replace('"format": 1', '"format": 2')],
    ["without its hash", (text) => text.replace(/,\s*"sha256": "\w+"\s*\}\s*$/, "}")],
    ["with another seed", (text) => text.replace('"seed": 3', '"seed": 4')],
    ["of a run", () => '{"id":"0123456789abcdef","seed":3}'],
  ])("a plan that is damaged, %s, is refused in one line", async (_, damage) => {
    await writeFile(at("damaged.json"), damage(await textOf("plan.json")));
    const { code, stdout, stderr } = await compare("--plan", at("damaged.json"), "--out", at("besides"));
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(/^error: \S+damaged\.json: the plan('s| is| was| has| must)/);
  });

  test("a file that is not there, and a folder", async () => {
    for (const [name, why] of [
      ["nowhere.json", "There is no such file."],
      ["MNIST", "It is not a file."],
    ] as const)
      expect((await compare("--plan", at(name))).stderr).toBe(
        `error: option '--plan <file>' argument '${at(name)}' is invalid. ${why}\n`,
      );
  });
});
