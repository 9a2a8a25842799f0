import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defaultNames } from "../../src/core/project-config.js";
import { carryOut, pairlabCommand } from "../../src/node/cli/commands.js";
import { writeFewDigits } from "../support/few-digits.js";
import { writeFlags } from "../support/flags.js";
import { here } from "../support/here.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
/** An empty folder of each test. */
let own: string;
let count = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(join(folder.path, "digits"), { train: 1500, test: 2000 });
});
afterAll(() => folder.remove());
beforeEach(async () => {
  own = join(folder.path, String(count++));
  await mkdir(own);
});

async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(own, name)), { recursive: true });
  await writeFile(join(own, name), text);
}

/** As in that folder. */
const run = (command: readonly string[], within = ".") => pairlab(command, undefined, [], join(own, within));

/** As in that folder, where the configuration adds no network: in this process. */
const runHere = (command: readonly string[], within = ".") => here(command, join(own, within));

const QUICKLY = ["--pairs", "60", "--epochs", "1"];
const TRUNK = "[convolution(4, 3), relu(), maxPool(2), flatten(), linear(10)]";
const CONFIG = `
import { convolution, defineConfig, flatten, linear, maxPool, relu } from "pairlab";
import { head } from "./parts/head.ts";
interface Sizes { readonly features: number }
const sizes: Sizes = { features: 16 };
export default defineConfig({
  architectures: [
    { name: "my-network", title: "my network", trunk: ${TRUNK}, head: head(sizes.features), auxiliaryWeight: 0.5, epochs: 2 },
    { name: "my-rule", trunk: ${TRUNK}, auxiliaryWeight: 1 },
  ],
  data: "../digits",
  defaults: { pairs: 60, runs: "kept", seed: 5 },
});
`;
const HEAD = `
import { linear, relu, type Layer } from "pairlab";
export const head = (features: number): Layer[] => [linear(features), relu(), linear(2)];
`;

describe("a project's configuration", () => {
  beforeEach(async () => {
    await write("pairlab.config.ts", CONFIG);
    await write("parts/head.ts", HEAD);
    await mkdir(join(own, "below/deeper"), { recursive: true });
  });

  test("is found from below, and its networks and defaults are a command's", async () => {
    const { code, stdout, stderr } = await run(["train", "my-network", "--json"], "below/deeper");
    expect({ code, stderr: stderr.replaceAll(/epoch.*\n|1\/1.*\n/g, "") }).toEqual({ code: 0, stderr: "" });
    const record = JSON.parse(stdout);
    expect(record).toMatchObject({ architecture: "my-network", seed: 5, config: { epochs: 2, trainPairs: 60 } });
    expect(record.config.network.head).toHaveLength(3);
    expect(await readFile(join(own, "kept", record.id, "run.json"), "utf8")).toContain(record.id);
  });

  test("an option goes before it", async () => {
    const { stdout } = await run(["train", "my-network", "--json", "--seed", "1", "--epochs", "1", "--runs", "mine"]);
    const record = JSON.parse(stdout);
    expect(record).toMatchObject({ seed: 1, config: { epochs: 1, trainPairs: 60 } });
    expect(await readFile(join(own, "mine", record.id, "run.json"), "utf8")).toContain(record.id);
  });

  test("says on standard error that it is used", async () => {
    const { stdout, stderr } = await run(["train", "my-rule", "--epochs", "1"], "below");
    expect(stderr).toMatch(/^using \.\.\/pairlab\.config\.ts\n/);
    expect(stdout).toContain("my-rule, seed 5: test error");
  });

  test("its networks appear in every command as those that pairlab has", async () => {
    const listed = JSON.parse((await run(["architectures", "--json"])).stdout);
    expect(listed.map(({ name }: { name: string }) => name).slice(-2)).toEqual(["my-network", "my-rule"]);
    const compared = ["compare", "my-network", "my-rule:learning-rate=0.01", "mlp", "--rounds", "1", ...QUICKLY];
    const comparison = await run([...compared, "--out", "report"]);
    expect(comparison.code).toBe(0);
    expect(comparison.stdout).toContain("my network");
    expect(await readFile(join(own, "report/report.html"), "utf8")).toContain("my-rule with learning rate 0.01");
    expect((await run(["tune", "my-rule", "--trials", "2", "--rounds", "1", ...QUICKLY])).code).toBe(0);
    const runs = await run(["runs"]);
    expect(runs.stdout).toMatch(/│ my-network .*│ my-rule /s);
    for (const command of [
      ["runs", "show", "latest"],
      ["evaluate", "latest"],
      ["export", "latest", "--out", "weights.safetensors"],
    ])
      expect(await run(command)).toMatchObject({ code: 0 });
  });

  test("a run's id is that of its name and layers, not of the file", async () => {
    const idOf = async () => JSON.parse((await run(["train", "my-network", "--epochs", "1", "--json"])).stdout).id;
    const first = await idOf();
    await write("pairlab.config.ts", `// Another text.\n${CONFIG.replace("my network", "another title")}`);
    expect(await idOf()).toBe(first);
    await write("parts/head.ts", HEAD.replace("features)", "features + 1)"));
    expect(await idOf()).not.toBe(first);
  });

  test("what it trained is listed where a network has changed and fits those images no longer", async () => {
    await run(["train", "my-network", "--epochs", "1"]);
    await write("parts/head.ts", HEAD.replace("linear(2)", "linear(3)"));
    expect((await run(["train", "my-network", "--epochs", "1"])).stderr).toContain("the head must end in 2 logits");
    expect(await run(["runs"])).toMatchObject({ code: 0, stdout: expect.stringContaining("my-network") });
  });

  test("what it trained is read where it is not there", async () => {
    const { id } = JSON.parse((await run(["train", "my-network", "--epochs", "1", "--json"])).stdout);
    const elsewhere = join(folder.path, "elsewhere");
    await mkdir(elsewhere, { recursive: true });
    const there = (command: readonly string[]) =>
      pairlab([...command, "--runs", join(own, "kept")], undefined, [], elsewhere);
    for (const command of [["runs"], ["runs", "show", id], ["evaluate", id, "--data", "../digits"]])
      expect(await there(command)).toMatchObject({ code: 0, stdout: expect.stringContaining("my-network") });
    const { code, stderr } = await there(["train", "my-network"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error: unknown architecture "my-network"/),
    });
  });
});

test("--until shown takes the place of a default number of rounds", async () => {
  await write("pairlab.config.json", '{"data": "../digits", "defaults": {"rounds": 30}}');
  const { code, stderr, stdout } = await runHere([
    ...["compare", "mlp", "quick", "--until", "shown", "--rounds-at-most", "2", "--json"],
    ...QUICKLY,
  ]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout).rounds).toBe(2);
});

test("what a script prints is not on standard output", async () => {
  await write("pairlab.config.js", 'console.log("loaded"); export default {};');
  const { stdout, stderr } = await run(["architectures", "--json"]);
  expect(stderr).toBe("loaded\n");
  expect(JSON.parse(stdout)[0].name).toBe("mlp");
});

test("JSON has the same networks, as architectures --json prints them", async () => {
  await write("pairlab.config.ts", CONFIG);
  await write("parts/head.ts", HEAD);
  const [mine] = JSON.parse((await run(["architectures", "--json"])).stdout).slice(-2);
  const train = ["train", "my-network", "--epochs", "1", "--json"];
  const first = JSON.parse((await run(train)).stdout);
  const { name, layers, epochs, batchSize, learningRate, optimizer } = mine;
  const architecture = { name, ...layers, epochs, batchSize, learningRate, optimizer, auxiliaryWeight: 0.5 };
  const file = join(own, "other.json");
  await writeFile(
    file,
    JSON.stringify({ data: "../digits", architectures: [architecture], defaults: { pairs: 60, seed: 5 } }),
  );
  expect(JSON.parse((await run([...train, "--config", file])).stdout).id).toBe(first.id);
});

test("images and a table of the answers lie beside the file", async () => {
  await write("tables/mine.csv", "0,1\n1,0\n");
  await write("pairlab.config.json", JSON.stringify({ data: "pictures", relation: "tables/mine.csv" }));
  await mkdir(join(own, "below"));
  const { code, stderr } = await runHere(["train", "mlp"], "below");
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^using .*\nerror: there is no \.\.\/pictures: /),
  });
});

test("pairlab init writes one that trains, and never over another", async () => {
  expect((await run(["init"])).stdout).toContain("pairlab.config.ts is written");
  const text = await readFile(join(own, "pairlab.config.ts"), "utf8");
  expect(await run(["train", "my-network", ...QUICKLY, "--data", "../digits"])).toMatchObject({ code: 0 });
  await write("pairlab.config.ts", `${text}// mine`);
  const second = await run(["init"]);
  expect(second).toMatchObject({ code: 2, stdout: "" });
  expect(second.stderr).toBe(
    "error: pairlab.config.ts is there already, and is kept: name another file, or move it away\n",
  );
  expect(await readFile(join(own, "pairlab.config.ts"), "utf8")).toBe(`${text}// mine`);
});

describe("what a file says of its images", () => {
  const COUNTRIES = 20;
  let countries: string[];
  beforeEach(async () => {
    countries = await writeFlags(join(own, "flags"), COUNTRIES);
    const defaults = { size: "16x24", fit: "stretch", reuse: true, pairs: 20, epochs: 1 };
    await write("pairlab.config.json", JSON.stringify({ data: "flags", relation: "equal", defaults }));
  });
  const trained = async (...more: string[]) =>
    JSON.parse((await runHere(["train", "matching", "--json", "--quiet", ...more])).stdout);

  test("holds for these, however they are named, and for no others", async () => {
    const { id, config } = await trained();
    expect(config).toMatchObject({ relation: "equal", reuse: true, trainPairs: 20 });
    expect(config.dataset.shape).toMatchObject({ height: 16, width: 24 });
    expect((await trained("--data", "./flags")).id).toBe(id);
    await writeFlags(join(own, "others"), COUNTRIES);
    const other = await trained(
      "--data",
      "others",
      "--fit",
      "pad",
      "--order",
      countries.join(),
      "--split",
      "classes",
      "--pairs",
      "5",
    );
    expect(other.config).toMatchObject({ relation: "less-or-equal", trainPairs: 5 });
    expect(other.config.reuse).toBeUndefined();
    expect(other.config.dataset.shape).toMatchObject({ height: 32, width: 32 });
  });

  test("is left out by --no-config, and a switch by its --no", async () => {
    expect((await trained("--no-reuse", "--pairs", "5")).config.reuse).toBeUndefined();
    expect((await trained("--no-config", "--epochs", "1", "--pairs", "60")).config.dataset.name).toBe("MNIST");
  });

  test("does not change how a run is measured or asked, and a run of MNIST is measured on MNIST", async () => {
    const { id } = await trained();
    const measured = JSON.parse((await runHere(["evaluate", id, "--json"])).stdout);
    const there = ["--data", "flags", "--no-config"];
    expect(measured.pairs).toBe(JSON.parse((await runHere(["evaluate", id, "--json", ...there])).stdout).pairs);
    const pair = ["large", "small"].map((size) => `flags/${countries[0]}/${size}.png`);
    expect(await runHere(["ask", id, ...pair])).toMatchObject({ code: 0 });
    const digits = (await trained("--no-config", "--epochs", "1", "--pairs", "60")).id;
    const ofMnist = JSON.parse((await runHere(["evaluate", digits, "--json", "--pairs", "50"])).stdout);
    expect(ofMnist.dataset.name).toBe("MNIST");
  });

  test("is named where it makes a command fail", async () => {
    await write("pairlab.config.json", JSON.stringify({ defaults: { momentum: 0.9, pairs: 60 } }));
    expect((await runHere(["train", "mlp"])).stderr).toMatch(
      /\nerror: mlp: momentum is a setting of .* \(pairlab\.config\.json has momentum\)\n$/,
    );
  });
});

const JSON_FILE = "pairlab.config.json";
const SCRIPT = "pairlab.config.ts";
const network = (fields: object) => JSON.stringify({ architectures: [{ name: "mine", ...fields }] });
const linear = (features: number) => ({ kind: "linear", features });

test("every option that may have a default is one of the program's", () => {
  const namesIn = (command: CommandUnknownOpts): string[] => [
    ...command.options.map((option) => option.attributeName()),
    ...command.commands.flatMap(namesIn),
  ];
  const options = namesIn(pairlabCommand("0"));
  expect(defaultNames().filter((name) => !options.includes(name))).toEqual([]);
  expect(new Set(defaultNames()).size).toBe(defaultNames().length);
});

test("runs show takes no default of a setting, whose name its own flag has", async () => {
  await write(
    "pairlab.config.json",
    JSON.stringify({ data: "../digits", defaults: { epochs: 1, pairs: 60, runs: "kept" } }),
  );
  expect((await runHere(["train", "quick", "--quiet"])).code).toBe(0);
  const { code, stdout, stderr } = await runHere(["runs", "show", "latest"]);
  expect([code, stderr]).toEqual([0, "using pairlab.config.json\n"]);
  expect(stdout).toContain("quick, seed 0");
});

/** What a command line is refused for, in this process: a test a process would take a second. */
const refusal = (commandLine: readonly string[]): Promise<Error> =>
  carryOut(commandLine).then(
    () => new Error("it was not refused"),
    (error: Error) => error,
  );

// Each has a file, its text, more options, and what is said.
test.each<[string, string, string[], RegExp]>([
  [JSON_FILE, '{"architectures": [}', [], /config\.json:1:20: it is not JSON$/],
  [JSON_FILE, '\ufeff{\n  "data": "a"\n  "relation": "equal"\n}\n', [], /config\.json:3:3: it is not JSON$/],
  [JSON_FILE, '{\r\n  "data": "a",\r\n}\r\n', [], /config\.json:3:1: it is not JSON$/],
  [JSON_FILE, "// mine\n{}", [], /config\.json:1:1: it is not JSON$/],
  [JSON_FILE, '{"data": "a",\n "data": "b"}', [], /config\.json:2:2: it has a name twice/],
  [JSON_FILE, "[]", [], /config\.json: the configuration must be an object, not an array/],
  [JSON_FILE, '{"architectures": {}}', [], /architectures must be an array, not an object/],
  [JSON_FILE, '{"architectures": [3]}', [], /architectures\[0\] must be an object, not 3/],
  [JSON_FILE, '{"architecture": []}', [], /there is no field "architecture": did you mean architectures\?/],
  [
    JSON_FILE,
    network({ trunk: [{ kind: "dropuot" }] }),
    [],
    /\[0\]\.trunk\.0\.kind: there is no "dropuot": did you mean dropout\?/,
  ],
  [
    JSON_FILE,
    network({ trunk: [{ kind: "convolution" }] }),
    [],
    /\[0\]\.trunk\.0\.channels is missing: it must be a whole/,
  ],
  [JSON_FILE, network({ head: [{ kind: "flatten", size: 2 }] }), [], /\[0\]\.head\.0: there is no field "size"/],
  [JSON_FILE, network({ head: linear(2) }), [], /\[0\]\.head must be an array of layers, such as/],
  [JSON_FILE, network({ name: "mlp" }), [], /\[0\]\.name: pairlab has a network "mlp": choose another name/],
  [JSON_FILE, network({ name: "a b" }), [], /\[0\]\.name must be small letters, digits and single hyphens/],
  [JSON_FILE, network({ title: "a\nb" }), [], /\[0\]\.title must be a text of 1 to 60 characters on one line/],
  [JSON_FILE, network({ epochs: 0 }), [], /\[0\]\.epochs must be a whole number from 1 to 100000, not 0/],
  [JSON_FILE, network({ epoch: 1 }), [], /\[0\]: there is no setting "epoch": did you mean epochs\?/],
  [JSON_FILE, network({ relation: "equal" }), [], /\[0\]\.relation is asked of a command, not of a network/],
  [JSON_FILE, '{"data": 3}', [], /data must be/],
  [JSON_FILE, '{"relation": "bigger"}', [], /config\.json: relation: "bigger" is not right\. It must be one of/],
  [JSON_FILE, '{"defaults": {"round": 1}}', [], /defaults\.round is of no option: did you mean rounds\?/],
  [
    JSON_FILE,
    '{"defaults": {"epochs": "many"}}',
    [],
    /defaults\.epochs: "many" is not right\. It must be a whole number/,
  ],
  [JSON_FILE, '{"defaults": {"nesterov": "yes"}}', [], /defaults\.nesterov must be true or false, not "yes"/],
  [JSON_FILE, '{"defaults": {"epochs": true}}', [], /defaults\.epochs: "true" is not right/],
  [JSON_FILE, '{"defaults": {"out": "x"}}', [], /defaults\.out is given on the command line/],
  [JSON_FILE, '{"defaults": {"yes": true}}', [], /defaults\.yes is given on the command line/],
  [JSON_FILE, '{"defaults": {"fit": "pad"}}', [], /defaults\.fit says how to read images, and there is no data/],
  [JSON_FILE, '{"data": ""}', [], /data must/],
  [JSON_FILE, '{"defaults": 3}', [], /defaults must be an object, such as/],
  [JSON_FILE, "{}", ["--config", "OWN/nope.ts"], /nope\.ts is not there: name a pairlab\.config file/],
  [JSON_FILE, "{}", ["--config", "OWN"], / is not a file: name a pairlab\.config file/],
  [SCRIPT, "export const x = 1;", [], /config\.ts: it has no default export: write export default/],
  [SCRIPT, "export default () => ({});", [], /config\.ts: its default export is a function: export an object/],
  [SCRIPT, "export default {\n architectures: [\n", [], /config\.ts:3: ParseError: Unexpected token/],
  [
    SCRIPT,
    'import { relu } from "pairlab";\n\nexport default { data: relu(1) };',
    [],
    /config\.ts:3: relu\(\) takes nothing more, not 1/,
  ],
  [
    SCRIPT,
    'import { rellu } from "pairlab";\nexport default { data: rellu() };',
    [],
    /config\.ts:2: rellu is not a function/,
  ],
  [
    SCRIPT,
    'import { a } from "./missing.ts";\nexport default { data: a };',
    [],
    /config\.ts.*: Cannot find module '\.\/missing\.ts'/,
  ],
  [SCRIPT, 'throw new Error("first\\nsecond");', [], /^InvalidRequest: .*config\.ts:1: first$/],
  [SCRIPT, "throw 3;", [], /config\.ts: 3$/],
])("%s with %j is refused in one line", async (file, text, options, line) => {
  await write(file, text);
  const config = options.includes("--config") ? [] : ["--config", join(own, file)];
  const name = text.includes("mine") ? "mine" : "mlp";
  const refused = await refusal([
    "train",
    name,
    "--json",
    ...config,
    ...options.map((each) => each.replace("OWN", own)),
  ]);
  expect(refused.message).not.toContain("\n");
  expect(`${refused.name}: ${refused.message}`).toMatch(line);
});

// These get as far as the images.
test.each<[object, RegExp]>([
  [{ head: [{ kind: "flatten" }, linear(3)] }, /mine: the head must end in 2 logits, not 3/],
  [{ trunk: [{ kind: "relu" }], head: [linear(2)] }, /mine: the trunk must end flat: add flatten\(\)/],
  [{}, /mine: a network without a head needs a trunk that ends in 10 class logits/],
])("%j is refused in one line before it trains", async (fields, line) => {
  await write(JSON_FILE, network(fields));
  const { code, stdout, stderr } = await run(["train", "mine", "--json"]);
  expect({ code, stdout, lines: stderr.match(/\n/g)?.length }).toEqual({ code: 2, stdout: "", lines: 1 });
  expect(stderr).toMatch(line);
});

test.each([
  ["pairlab.config.ts", "await new Promise(() => {});\nexport default {};"],
  ["pairlab.config.mjs", 'import "./other.js";\nexport default {};'],
])("%s that never finishes loading is refused in one line", async (file, text) => {
  await write(file, text);
  await write("other.js", "await new Promise(() => {});");
  expect(await run(["train", "mlp", ...QUICKLY])).toEqual({
    code: 2,
    stdout: "",
    stderr: `error: ${file}: it never finishes loading: it awaits something that cannot happen any more\n`,
  });
});

test("a script that takes a while is waited for", async () => {
  await write("pairlab.config.ts", "await new Promise((resolve) => setTimeout(resolve, 50));\nexport default {};");
  const { code, stdout } = await run(["architectures"]);
  expect({ code, isThere: stdout.includes("mlp") }).toEqual({ code: 0, isThere: true });
});

test("two configurations in a folder, or one that others may write, are refused", async () => {
  await write("pairlab.config.json", "{}");
  await write("pairlab.config.js", "export default {};");
  const two = await runHere(["train", "mlp"]);
  expect(two.stderr).toBe(
    "error: pairlab.config.js and pairlab.config.json are both there: keep one, or name one with --config\n",
  );
  await mkdir(join(own, "open"));
  await write("open/pairlab.config.json", '{"defaults": {"pairs": 60, "epochs": 1}}');
  await chmod(join(own, "open"), 0o777);
  const open = await runHere(["train", "mlp"], "open");
  expect({ code: open.code, stderr: open.stderr }).toEqual({
    code: 2,
    stderr:
      "error: pairlab.config.json is not used: others may write its folder; if you trust it, name it with --config\n",
  });
  expect((await runHere(["train", "mlp", "--config", "pairlab.config.json"], "open")).code).toBe(0);
});
