import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { here } from "../support/here.js";
import { idx } from "../support/idx.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
let before: string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "a-file"), "");
  await mkdir(join(folder.path, "small"));
  await mkdir(join(folder.path, "newer"));
  await writeFile(join(folder.path, "newer", "store.json"), '{"format":2}');
  await mkdir(join(folder.path, "taken"));
  await writeFile(join(folder.path, "taken", "claims"), "");
  for (const set of ["train", "t10k"]) {
    await writeFile(
      join(folder.path, "small", `${set}-images-idx3-ubyte`),
      idx(
        [2000, 8, 8],
        Array.from({ length: 2000 * 64 }, (_, i) => i % 7),
      ),
    );
    await writeFile(join(folder.path, "small", `${set}-labels-idx1-ubyte`), idx([2000], Array(2000).fill(0)));
  }
  before = (await readdir(folder.path, { recursive: true })).sort();
});
afterAll(() => folder.remove());

const WRONG: readonly [request: string, commandLine: (at: string) => string[], says: RegExp][] = [
  [
    "an unknown architecture, with the nearest name",
    () => ["train", "wieght-sharing"],
    /did you mean weight-sharing\?/,
  ],
  [
    "parts of a trunk's name out of order",
    () => ["train", "trunk+dropout+sharing"],
    /out of order or repeated: did you mean trunk\+sharing\+dropout\?/,
  ],
  ["an unknown command, with the nearest name", () => ["trian", "mlp"], /unknown command 'trian'.*train/],
  ["help on an unknown command", () => ["help", "trian"], /unknown command "trian": did you mean train\? /],
  ["an option with a hyphen too few", () => ["train", "mlp", "-epochs", "3"], /'-epochs' \(Did you mean --epochs\?\)/],
  ["a misspelt option that is needed", () => ["pairs", "--otu", "x"], /'--otu' \(Did you mean --out\?\)/],
  ["no file to write", () => ["pairs"], /--out is missing: name the file/],
  ["a folder without a name", () => ["reproduce", "--out", ""], /'--out <folder>' argument '' is invalid. It is empty/],
  ["an unknown option", () => ["train", "mlp", "--epoch", "3"], /unknown option '--epoch'/],
  ["a missing argument", () => ["train"], /missing required argument 'architecture'/],
  [
    "an option that is not a number",
    () => ["train", "mlp", "--epochs", "many"],
    /'many' is invalid.*whole number from 1/,
  ],
  ["a fraction where a whole number belongs", () => ["reproduce", "--rounds", "2.5"], /'2.5' is invalid/],
  ["no rounds", () => ["reproduce", "--rounds", "0"], /'0' is invalid/],
  ["a negative seed", () => ["train", "mlp", "--seed", "-1"], /'-1' is invalid/],
  ["a dropout rate that drops all", () => ["train", "mlp", "--dropout", "1"], /at least 0 and below 1/],
  ["a learning rate of zero", () => ["train", "mlp", "--learning-rate", "0"], /above 0/],
  ["an unknown SIMD build", () => ["train", "mlp", "--simd", "fast"], /base, fused/],
  [
    "more pairs than there are images",
    () => ["train", "mlp", "--pairs", "30001"],
    /60002 distinct images.*at most 30000/,
  ],
  ["numbers of pairs that do not grow", () => ["worth", "--sizes", "500,125"], /each larger than the one before/],
  ["a number of pairs twice", () => ["worth", "--sizes", "125,125"], /each larger than the one before/],
  ["a single number of pairs", () => ["worth", "--sizes", "125"], /two or more whole numbers/],
  ["numbers of pairs that are not whole", () => ["worth", "--sizes", "125,250.5"], /two or more whole numbers/],
  [
    "learning curves of more pairs than there are images",
    () => ["worth", "--sizes", "125,30001"],
    /60002 distinct images.*at most 30000/,
  ],
  ["an unknown preset", () => ["worth", "--preset", "long"], /quick, full/],
  [
    "label smoothing without the digits' loss",
    () => ["train", "mlp", "--label-smoothing", "0.1"],
    /mlp: labelSmoothing changes the loss on classes: it needs an auxiliary weight above 0/,
  ],
  ["label smoothing of everything", () => ["train", "one-by-one", "--label-smoothing", "1"], /at least 0 and below 1/],
  ["views without digits", () => ["train", "mlp", "--views", "shifts"], /mlp: views are averaged over class logits/],
  ["partners without a trunk", () => ["train", "mlp", "--partners", "8"], /mlp: partners need a trunk/],
  ["members of a head alone", () => ["train", "mlp", "--members", "2"], /mlp: members are trunks/],
  [
    "a dropout rate without dropout",
    () => ["train", "mlp", "--dropout", "0.1"],
    /mlp: dropout is the rate of dropout layers that name none: this network has no dropout layer/,
  ],
  [
    "a dropout rate for networks without dropout",
    () => ["compare", "mlp", "weight-sharing", "--dropout", "0.1"],
    /mlp: dropout is the rate of dropout layers/,
  ],
  [
    "label smoothing for networks without a loss of digits",
    () => ["compare", "mlp", "simple-cnn", "--label-smoothing", "0.1"],
    /mlp: labelSmoothing changes the loss on classes/,
  ],
  [
    "Muon without a hidden layer",
    () => ["train", "quick", "--optimizer", "muon"],
    /quick: muon is for the weights of hidden layers, and this network has none: take adamw/,
  ],
  [
    "one optimizer under two names",
    () => ["compare", "mlp", "--optimizers", "adam,adamw", "--weight-decay", "0"],
    /adam and adamw are the same network with the same settings/,
  ],
  [
    "an optimizer that cannot take what is fixed, before the others are tuned",
    () => ["compare", "mlp", "--optimizers", "sgd,adam", "--momentum", "0.5"],
    /momentum is a setting of the optimizers sgd and muon, not of adam/,
  ],
  [
    "a search among optimizers that the network cannot all have",
    () => ["tune", "quick", "--over", "optimizer=adam/muon"],
    /quick: muon is for the weights of hidden layers/,
  ],
  [
    "a report on rounds of tuning",
    () => ["compare", "mlp", "one-by-one", "--seed", "49995"],
    /seeds 49995 to 50004 include some of 50000 to 69999.*give a first seed of at most 49990, or of at least 70000/,
  ],
  ["a seed that is not exact", () => ["train", "mlp", "--seed", "9007199254740992"], /from 0 to 9007199254640991/],
  ["an auxiliary loss without digits", () => ["train", "mlp", "--auxiliary-weight", "1"], /class logits/],
  [
    "a folder of images that is not there",
    (at) => ["train", "mlp", "--data", join(at, "nowhere")],
    /there is no \S+nowhere: it must be a folder of pictures or of IDX files/,
  ],
  [
    "images too small for the network",
    (at) => ["train", "one-by-one", "--data", join(at, "small")],
    /one-by-one: trunk\.0: a 5×5 convolution does not fit 1 channel of 4×4/,
  ],
  ["a run store under a file", (at) => ["train", "mlp", "--runs", join(at, "a-file", "runs")], /cannot write in/],
  [
    "a run store in place of a file",
    (at) => ["train", "mlp", "--runs", join(at, "a-file")],
    /there is a file of that name/,
  ],
  [
    "a run store that nobody can write to",
    () => ["train", "mlp", "--runs", "/proc/runs"],
    /cannot write in \/proc\/runs/,
  ],
  [
    "a run store of a newer format",
    (at) => ["train", "mlp", "--runs", join(at, "newer")],
    /newer is a run store of format 2, newer than this pairlab's 1: update pairlab, or name another folder/,
  ],
  [
    "a file where claims should be",
    (at) => ["train", "mlp", "--epochs", "1", "--runs", join(at, "taken")],
    /cannot claim run \w+ in .*claims: there is a file of that name/,
  ],
  ["a report in place of a file", (at) => ["reproduce", "--out", join(at, "a-file")], /there is a file of that name/],
  ["a run that is not there", (at) => ["export", "latest", "--runs", at, "--out", join(at, "x")], /no runs in/],
  [
    "an export into a folder that is not there",
    (at) => ["pairs", "--out", join(at, "no", "x.safetensors")],
    /cannot write/,
  ],
  [
    "a comparison of one",
    () => ["compare", "mlp"],
    / only mlp is given: a comparison needs at least two architectures/,
  ],
  ["a comparison of none", () => ["compare"], /missing required argument 'architectures'/],
  ["a comparison with itself", () => ["compare", "mlp", "mlp"], / mlp is named twice/],
  ["a comparison with an unknown", () => ["compare", "mlp", "one-by-two"], /did you mean one-by-one\?/],
  [
    "a variant that is its architecture",
    () => ["compare", "mlp", "mlp:epochs=25"],
    / mlp and mlp:epochs=25 are the same network with the same settings: a comparison needs different ones$/m,
  ],
  [
    "a variant whose stream is a round's",
    () => ["compare", "mlp", "mlp:data-seed=5"],
    / mlp and mlp:data-seed=5 are one and the same run in the round of seed 5: give streams seeds that no round has$/m,
  ],
  [
    "a variant that its architecture cannot be",
    () => ["compare", "mlp", "mlp:momentum=0.5"],
    /mlp:momentum=0.5: momentum is a setting of the optimizers sgd and muon/,
  ],
  [
    "a variant with a default spelled out",
    () => ["compare", "mlp", "mlp:weight-decay=0"],
    / mlp and mlp:weight-decay=0 are the same network with the same settings/,
  ],
  [
    "a variant that is another architecture",
    () => ["compare", "best-ensemble", "best:members=4,epochs=50"],
    / best-ensemble and best:members=4,epochs=50 are the same network with the same settings/,
  ],
  ["a variant of an unknown setting", () => ["compare", "mlp", "mlp:epoch=2"], /did you mean epochs\?/],
  ["data without a command", () => ["data", "check"], /unknown command 'check'/],
];

describe("a wrong request", () => {
  test.each(WRONG)("%s: one line, exit code 2, nothing written", async (_, commandLine, says) => {
    const { code, stdout, stderr } = await here(commandLine(folder.path));
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect((await readdir(folder.path, { recursive: true })).sort()).toEqual(before);
  });
});

/** By V8's switch for Intel's and AMD's processors; every ARM of 64 bits fuses. */
test("the fused build is refused on a processor that rounds twice", async () => {
  expect(process.arch).toBe("x64");
  const runs = join(folder.path, "never");
  const asked = ["train", "mlp", "--epochs", "1", "--pairs", "20", "--simd", "fused", "--runs", runs];
  const { code, stdout, stderr } = await pairlab(asked, undefined, ["--no-enable-fma3"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toBe(
    `error: --simd fused needs a multiply-add that rounds once, and Node.js ${process.version} on this processor rounds twice: train with --simd base\n`,
  );
  expect(await readdir(folder.path)).not.toContain("never");
});
