import { execFileSync } from "node:child_process";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { preview } from "vite";
import { expect, test } from "vitest";
import * as library from "../../src/core/index.js";
import { smallJob, stripes } from "../support/jobs.js";
import { newKernels } from "../support/kernels.js";
import { launchBrowser } from "../support/launch.js";
import { findCommand, TORCH_PYTHON } from "../support/programs.js";
import { linesOf } from "./blocks.js";
import { PATIENCE, testDocument } from "./document.js";

const { blocks, folder, type } = testDocument("docs/library.md", ["What is refused", "In a browser"]);
const under = (title: string) => blocks.filter(({ heading }) => heading === title);

// As somebody would write it who has no types.
// biome-ignore lint/suspicious/noExplicitAny: see above
const pairlab = library as any;

test('each message under "What is refused" is what such a mistake brings', () => {
  const images = { train: stripes, test: stripes };
  const kernels = newKernels();
  const mlp = pairlab.findArchitecture("mlp");
  const pairs = library.samplePairSet(images, 0, { trainPairs: 20, testPairs: 20 });
  const settings = { epochs: 1, batchSize: 10, learningRate: 0.01, dropout: 0, evaluate: "end" };
  const { learningRate, ...others } = settings;
  const train = (on: object, network: object, how: object) => pairlab.train(kernels, network, on, 0, how).next();
  const job = smallJob("mlp");
  const mistakes: (() => unknown)[] = [
    () => train(pairs, mlp, others),
    () => train(pairs, mlp, { ...others, learningrate: learningRate }),
    () => train(pairs, mlp, { ...settings, augmentation: "strong" }),
    () => train({ ...pairs, train: { ...pairs.train, classes: pairs.train.classes.with(3, 10) } }, mlp, settings),
    () =>
      train(
        {
          ...pairs,
          test: { ...pairs.test, height: 7, images: pairs.test.images.subarray(0, pairs.test.images.length / 2) },
        },
        mlp,
        settings,
      ),
    () => train(pairs, { trunk: [], head: [{ kind: "linear", featurs: 2 }] }, settings),
    () => pairlab.convolution(8, 3, { pading: 1 }),
    () => pairlab.linear(10, 10),
    () => new pairlab.Model({}, mlp, pairlab.DIGIT_PAIRS, { batchSize: 2 }),
    () => pairlab.samplePairSet(images, Number.NaN, { trainPairs: 20, testPairs: 20 }),
    () => pairlab.runJob({ ...job, seed: 7 }, images, kernels, () => 0).next(),
  ];
  const messages = mistakes.map((mistake) => {
    try {
      mistake();
      return "nothing is refused";
    } catch (error) {
      return error instanceof pairlab.InvalidRequest ? (error as Error).message : String(error);
    }
  });
  const withoutIds = (line: string) => line.replaceAll(/[0-9a-f]{16}/g, "ID");
  const [said] = under("What is refused");
  expect(messages.map(withoutIds)).toEqual(said?.text.split("\n").map(withoutIds));
});

test('the lines under "Weights from PyTorch" write what pairlab reads, to the last bit', {
  timeout: PATIENCE,
}, async () => {
  const [lines] = under("Weights from PyTorch").filter(({ language }) => language === "python");
  await writeFile(join(folder(), "lines.py"), lines?.text ?? "");
  await writeFile(join(folder(), "save.py"), SAVES);
  const said = execFileSync(findCommand(TORCH_PYTHON) as string, ["save.py"], { cwd: folder(), encoding: "utf8" });
  const due: Record<string, [number[], number[]]> = JSON.parse(said);
  for (const file of ["float", "half", "double"]) {
    const bytes = await readFile(join(folder(), `${file}.safetensors`));
    const { tensors } = library.decodeSafetensors({ name: file, bytes });
    const found = tensors.map(({ name, shape, data }) => [`${file} ${name}`, [[...shape], Array.from(data, Number)]]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(due).filter(([name]) => name.startsWith(`${file} `))),
    );
    const asked = `--architecture quick --scale 33,78 --pairs 100 --json --quiet`;
    const measured = JSON.parse(await type(`npx pairlab evaluate ${file}.safetensors ${asked}`));
    expect(measured.pairs).toBe(100);
  }
});

/** Saves the states of pairlab's network `quick`, and prints what is in them: the shape and the numbers of each tensor. */
const SAVES = `
import json, torch
from torch import nn
from lines import save

torch.manual_seed(0)
network = nn.Module()
network.trunk = nn.Sequential(
    nn.Conv2d(1, 8, 5), nn.BatchNorm2d(8), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(200, 10)
)
# Not in one piece in memory.
network.trunk[5].weight = nn.Parameter(torch.randn(200, 10).t())
states = {
    "float": network.state_dict(),
    "half": {name: tensor.half() for name, tensor in network.state_dict().items() if tensor.is_floating_point()},
    "double": network.double().state_dict(),
}
said = {}
for file, state in states.items():
    save(state, file + ".safetensors")
    for name, tensor in state.items():
        said[file + " " + name] = [list(tensor.shape), tensor.reshape(-1).tolist()]
print(json.dumps(said))
`;

test('the page under "In a browser" trains, and its weights are those of the command line', {
  timeout: PATIENCE,
}, async () => {
  const web = join(folder(), "web");
  await mkdir(web);
  for (const { fileName } of under("In a browser"))
    if (fileName) await rename(join(folder(), fileName), join(web, fileName));
  const [commands] = under("In a browser").filter(({ language }) => language === "sh");
  const [copy, build] = commands ? linesOf(commands) : [];
  await type(`${copy}`, "web");
  await type(`${build}`.replace(/ && npx vite preview$/, ""), "web");
  const server = await preview({ root: web, configFile: false, logLevel: "silent", preview: { port: 0 } });
  const browser = await launchBrowser("Chromium");
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? "");
    const shown = () => page.evaluate(() => document.body.innerText.trim().split("\n"));
    await expect.poll(async () => (await shown()).length, { timeout: PATIENCE / 2 }).toBe(6);
    const lines = await shown();
    expect(lines[4]).toMatch(/^epoch 5: 0\.9/);
    const record = JSON.parse(await type("npx pairlab train one-by-one --seed 3 --epochs 5 --json --quiet"));
    expect(lines[5]).toBe(record.weightsSha256);
  } finally {
    await browser.close();
    await server.close();
  }
});
