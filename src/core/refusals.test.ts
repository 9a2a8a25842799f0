import { describe, expect, test } from "vitest";
import { smallJob, stripes } from "../../test/support/jobs.js";
import { newKernels } from "../../test/support/kernels.js";
import { inputOf } from "./data/images.js";
import { drawPairs } from "./data/pools.js";
import { Lion } from "./engine/optimizers/lion.js";
import { Muon } from "./engine/optimizers/muon.js";
import { Rmsprop } from "./engine/optimizers/rmsprop.js";
import { Sgd } from "./engine/optimizers/sgd.js";
import { WeightWatch } from "./engine/weight-watch.js";
import { compareArchitectures } from "./experiments/compare/comparison.js";
import { searchPlan } from "./experiments/tune/search.js";
import { TensorReader } from "./formats/tensor-reader.js";
import * as library from "./index.js";
import { expandedDeviate } from "./statistics/bootstrap.js";
import { adjustedShare } from "./statistics/least-squares.js";
import { standardDeviation } from "./statistics/moments.js";
import { tQuantile } from "./statistics/student.js";
import { wilsonInterval } from "./statistics/superiority.js";

// What the library is made of and does not give is checked likewise.
const internal = {
  ...{ drawPairs, inputOf, WeightWatch, searchPlan, TensorReader, adjustedShare, tQuantile },
  ...{ Lion, Muon, Rmsprop, Sgd, expandedDeviate, standardDeviation, wilsonInterval, compareArchitectures },
};
// As somebody would write it who has no types. `any` is what a JavaScript program has: a record of unknown values, called.
// biome-ignore lint/suspicious/noExplicitAny: see above
const pairlab: any = { ...library, ...internal };

const images = { train: stripes, test: stripes };
const mlp = pairlab.findArchitecture("mlp");
const pairs = library.samplePairSet(images, 0, { trainPairs: 20, testPairs: 20 });
const settings = { epochs: 1, batchSize: 10, learningRate: 0.01, dropout: 0, evaluate: "end" };
const kernels = newKernels();
const { images: pixels, classes, targets } = pairs.train;

const train = ({ with: change = {}, on = pairs, network = mlp, seed = 0 }: Readonly<Record<string, unknown>>) =>
  pairlab.train(kernels, network, on, seed, { ...settings, ...(change as object) }).next();
const without = (name: string) => Object.fromEntries(Object.entries(settings).filter(([each]) => each !== name));
const onTrain = (change: object) => ({ on: { ...pairs, train: { ...pairs.train, ...change } } });
const head = (...layers: unknown[]) => ({ network: { trunk: [], head: layers } });
const model = (options: object = { batchSize: 2 }) => new pairlab.Model(kernels, mlp, pairlab.DIGIT_PAIRS, options);
const loaded = () => model().load(pairs.train, pairlab.pixelScale(pairs.train));
const job = smallJob("mlp");
const shaped = { ...job.config.dataset, shape: pairlab.DIGIT_PAIRS };
const run = (changed: object, source: unknown = images) =>
  pairlab.runJob({ ...job, ...changed }, source, kernels, () => 0).next();
const endless = { kind: "residual", layers: [] as unknown[], shortcut: [] };
endless.layers.push(endless);

type Case = readonly [what: string, call: () => unknown, says: string];

const SETTINGS: Case[] = [
  [
    "a missing learning rate",
    () => pairlab.train(kernels, mlp, pairs, 0, without("learningRate")).next(),
    "learningRate is missing: it must be a number above 0 and at most 100",
  ],
  [
    "a misspelled one",
    () => train({ with: { learningrate: 0.01 } }),
    'there is no setting "learningrate": did you mean learningRate?',
  ],
  [
    "a number as a text",
    () => train({ with: { learningRate: "0.01" } }),
    'learningRate must be a number above 0 and at most 100, not "0.01"',
  ],
  [
    "no number",
    () => train({ with: { weightDecay: Number.NaN } }),
    "weightDecay must be a number from 0 to 1000, not NaN",
  ],
  ["a negative number", () => train({ with: { clipNorm: -1 } }), "clipNorm must be a number from 0 to 1000000, not -1"],
  [
    "too many epochs",
    () => train({ with: { epochs: 1e9 } }),
    "epochs must be a whole number from 1 to 100000, not 1000000000",
  ],
  [
    "too large batches",
    () => train({ with: { batchSize: 10_001 } }),
    "batchSize must be a whole number from 1 to 10000, not 10001",
  ],
  [
    "another evaluation",
    () => train({ with: { evaluate: "always" } }),
    'evaluate must be one of epoch, end, not "always"',
  ],
  [
    "truth as a text",
    () => train({ with: { optimizer: "sgd", nesterov: "yes" } }),
    'nesterov must be true or false, not "yes"',
  ],
  [
    "an augmentation by its name",
    () => train({ with: { augmentation: "strong" } }),
    'augmentation must be an object, such as augmentations.strong, not "strong"',
  ],
  [
    "a misspelled augmentation",
    () => train({ with: { augmentation: { rotate: 5 } } }),
    'augmentation: there is no field "rotate": did you mean rotation?',
  ],
  [
    "what is the network's",
    () => train({ with: { auxiliaryWeight: 0.5 } }),
    "auxiliaryWeight is a field of the network, which has 0: give it there rather than as a setting",
  ],
  ["no settings", () => pairlab.train(kernels, mlp, pairs, 0).next(), "settings is missing: it must be an object"],
  [
    "an unknown setting of a job",
    () => smallJob("mlp", { epoch: 3 } as object),
    'mlp: there is no setting "epoch": did you mean epochs?',
  ],
  [
    "null in a job",
    () => smallJob("mlp", { epochs: null } as object),
    "mlp: epochs must be a whole number from 1 to 100000, not null",
  ],
  [
    "an engine without kernels",
    () => pairlab.makeJob("mlp", 0, shaped, { version: "0", simd: "base" }),
    "engine.kernels is missing: it must be a text",
  ],
  [
    "images whose pairs look like nothing that is known",
    () => pairlab.makeJob("mlp", 0, job.config.dataset, job.config.engine),
    "dataset.shape is missing: it must be an object",
  ],
];

const PAIRS: Case[] = [
  [
    "classes from 1 to 10",
    () => train(onTrain({ classes: classes.map((each) => each + 1) })),
    `train.classes[${classes.indexOf(9)}] must be a whole number from 0 to 9, not 10`,
  ],
  [
    "targets that are true or false",
    () => train(onTrain({ targets: [...targets].map(Boolean) })),
    "train.targets must be a Uint8Array of 20, not an array of 20",
  ],
  [
    "targets of 2",
    () => train(onTrain({ targets: targets.map(() => 2) })),
    "train.targets[0] must be a whole number from 0 to 1, not 2",
  ],
  [
    "too few pixels",
    () => train(onTrain({ images: pixels.slice(1) })),
    "train.images must be a Float32Array of 20 × 2 × 1 × 14 × 14 = 7840, not Float32Array of 7839",
  ],
  ["doubles", () => train(onTrain({ images: Float64Array.from(pixels) })), "not Float64Array of 7840"],
  [
    "too few classes",
    () => train(onTrain({ classes: classes.slice(1) })),
    "train.classes must be a Uint8Array of 20 × 2 = 40, not Uint8Array of 39",
  ],
  [
    "a pixel that is no number",
    () => train(onTrain({ images: pixels.map((each, i) => (i === 7 ? Number.NaN : each)) })),
    "train.images[7] must be a finite number, not NaN",
  ],
  [
    "no pairs",
    () => train(onTrain({ count: 0 })),
    "train.count must be a whole number from 1 to 9007199254740991, not 0",
  ],
  ["no test pairs", () => train({ on: { train: pairs.train } }), "test is missing: it must be an object"],
  [
    "test images of another size",
    () => train({ on: { ...pairs, test: { ...pairs.test, height: 7, width: 28 } } }),
    "test.height is 7 and train.height 14: both must have images of one size",
  ],
  [
    "a test pixel that is no number",
    () =>
      train({
        on: {
          ...pairs,
          test: { ...pairs.test, images: pixels.map((each, i) => (i === 3 ? Number.POSITIVE_INFINITY : each)) },
        },
      }),
    "test.images[3] must be a finite number, not Infinity",
  ],
  [
    "a relation without a method",
    () => train({ on: { ...pairs, relation: "less-or-equal" } }),
    'relation must be an object, not "less-or-equal"',
  ],
  [
    "other targets than pairs that are shuffled would have",
    () => train({ ...onTrain({ targets: targets.map((each) => 1 - each) }), with: { pairing: "shuffled" } }),
    "less-or-equal says otherwise of the classes",
  ],
  [
    "a scale without a deviation",
    () => model().load(pairs.train, { mean: 0, deviation: 0 }),
    "scale.deviation must be a number above 0, not 0",
  ],
  [
    "pairs of images that a model was not made for",
    () => model().load({ ...pairs.train, height: 28, width: 7 }, { mean: 0, deviation: 1 }),
    "pairs.height is 28, but the network was made for 14",
  ],
  [
    "a batch above the model's",
    () => model().gradient(loaded(), [0, 1, 2]),
    "a batch must have 1 to 2 pairs, as the model was made, not 3",
  ],
  [
    "a pair that is not there",
    () => model().gradient(loaded(), [0, 20]),
    "there are 20 pairs: batch[1] must be a whole number from 0 to 19, not 20",
  ],
  [
    "a misspelled option of a model",
    () => model({ batchsize: 2 }),
    'there is no option "batchsize": did you mean batchSize?',
  ],
];

const IMAGES: Case[] = [
  [
    "too few pixels",
    () =>
      pairlab.samplePairSet({ ...images, train: { ...stripes, pixels: new Uint8Array(9) } }, 0, {
        trainPairs: 20,
        testPairs: 20,
      }),
    "images.train.pixels must be a Uint8Array of 300 × 28 × 28 = 235200, not Uint8Array of 9",
  ],
  [
    "too few labels",
    () => pairlab.samplePairSet({ ...images, test: { ...stripes, labels: [] } }, 0),
    "images.test.labels must be a Uint8Array of 300, not an array of 0",
  ],
  [
    "a label of 10",
    () =>
      pairlab.samplePairSet({ ...images, train: { ...stripes, labels: stripes.labels.map(() => 10) } }, 0, {
        trainPairs: 2,
        testPairs: 2,
      }),
    "is 10, not a class from 0 to 9",
  ],
  [
    "images of one pixel",
    () => pairlab.inputOf({ height: 1, width: 1 }),
    "images of 1×1 pixels leave nothing when 2×2 blocks are averaged: they must be 2×2 at least",
  ],
  [
    "fewer pairs than none",
    () => pairlab.samplePairSet(images, 0, { trainPairs: -1 }),
    "trainPairs must be a whole number from 0 to 1000000, not -1",
  ],
  [
    "half a pair",
    () => pairlab.drawPairs("test", 0, 300, { testPairs: 1.5 }),
    "testPairs must be a whole number from 0 to 1000000, not 1.5",
  ],
  [
    "a misspelled count",
    () => pairlab.samplePairSet(images, 0, { trainpairs: 10 }),
    'there is no option "trainpairs": did you mean trainPairs?',
  ],
  [
    "pairs from elsewhere",
    () => pairlab.samplePairSet(images, 0, { evaluateOn: "train" }),
    'evaluateOn must be one of test, validation, not "train"',
  ],
];

const NETWORKS: Case[] = [
  [
    "a misspelled layer",
    () => train(head({ kind: "flaten" })),
    'head.0.kind: there is no "flaten": did you mean flatten?',
  ],
  [
    "a misspelled field",
    () => train(head({ kind: "linear", featurs: 2 })),
    'head.0: there is no field "featurs": did you mean features?',
  ],
  [
    "a missing field",
    () => train(head({ kind: "linear" })),
    "head.0.features is missing: it must be a whole number from 1 to 1000000",
  ],
  ["a field too many", () => train(head({ kind: "relu", slope: 0.1 })), 'head.0: there is no field "slope"'],
  [
    "a negative size",
    () => train(head({ kind: "flatten" }, { kind: "linear", features: -2 })),
    "head.1.features must be a whole number from 1 to 1000000, not -2",
  ],
  ["a layer that is none", () => train(head("relu")), 'head.0 must be an object, not "relu"'],
  [
    "a network's misspelled field",
    () => train({ network: { ...mlp, auxilaryWeight: 1 } }),
    'network: there is no field "auxilaryWeight": did you mean auxiliaryWeight?',
  ],
  [
    "a network without a trunk",
    () => train({ network: { head: [] } }),
    "network.trunk is missing: it must be an array",
  ],
  ["a network's name", () => train({ network: "mlp" }), 'the network must be an object, not "mlp"'],
  ["a layer in itself", () => train(head(endless)), "head.0: residual layers are nested more than 32 deep"],
  [
    "no pixels to see",
    () => pairlab.placeNetwork(mlp, { height: 0, width: 14, channels: 1, classes: 10 }),
    "input.height must be a whole number from 1 to",
  ],
  ["no name", () => pairlab.findArchitecture(undefined), "an architecture's name is missing: it must be a text"],
  [
    "a misspelled hint",
    () => pairlab.trunkArchitecture({ batchnorm: true }),
    'there is no hint "batchnorm": did you mean batchNorm?',
  ],
];

const SIZE = "must be a whole number from 1 to 1000000, not";
const LAYERS: Case[] = [
  [
    "a misspelled padding",
    () => pairlab.convolution(4, 3, { pading: 1 }),
    'convolution\'s options: there is no option "pading": did you mean padding?',
  ],
  ["a padding by its place", () => pairlab.convolution(4, 3, 1), "convolution's options must be an object, not 1"],
  ["a stride by its place", () => pairlab.maxPool(2, 1), "maxPool's options must be an object, not 1"],
  ["no options", () => pairlab.convolution(4, 3, null), "convolution's options must be an object, not null"],
  [
    "a misspelled stride of the largest",
    () => pairlab.maxPool(2, { stirde: 1 }),
    'maxPool\'s options: there is no option "stirde": did you mean stride?',
  ],
  [
    "a misspelled stride of means",
    () => pairlab.averagePool(2, { strides: 1 }),
    'averagePool\'s options: there is no option "strides": did you mean stride?',
  ],
  ["a stride of 0", () => pairlab.convolution(4, 3, { stride: 0 }), `convolution.stride ${SIZE} 0`],
  ["a padding as a text", () => pairlab.maxPool(2, { padding: "0" }), "maxPool.padding must be a whole number from 0"],
  ["a stride of null", () => pairlab.averagePool(2, { stride: null }), `averagePool.stride ${SIZE} null`],
  ["no kernel", () => pairlab.convolution(4), "convolution.kernel is missing"],
  ["no window", () => pairlab.maxPool(), "maxPool.size is missing"],
  ["inputs before outputs", () => pairlab.linear(784, 10), "linear(features) takes nothing more, not 10"],
  ["outputs as a text", () => pairlab.linear("10"), `linear.features ${SIZE} "10"`],
  ["options by name", () => pairlab.dropout({ rate: 0.5 }), "dropout.rate must be a number at least 0 and below 1"],
  ["a rate of null", () => pairlab.dropout(null), "dropout.rate must be a number at least 0 and below 1"],
  ["a slope by its name", () => pairlab.leakyRelu({ slope: 0.2 }), "leakyRelu.slope must be a finite number"],
  ["no groups", () => pairlab.groupNorm(), "groupNorm.groups is missing"],
  ["half a group", () => pairlab.softmax(0.5), `softmax.groups ${SIZE} 0.5`],
  ["a temperature as an option", () => pairlab.softmax(2, { temperature: 2 }), "softmax.temperature must be a number"],
  ["a shortcut as an option", () => pairlab.residual([], { shortcut: [] }), "residual.shortcut must be an array"],
  ["a body of one layer", () => pairlab.residual(pairlab.relu()), "residual.layers must be an array, not an object"],
  ["groups by their name", () => pairlab.normalize({ groups: 2 }), `normalize.groups ${SIZE} an object`],
  ...[
    ...["batchNorm", "relu", "flatten", "globalAveragePool", "ordinal", "outerProduct", "gelu", "silu", "layerNorm"],
    ...["difference", "absoluteDifference", "product", "matching", "cosine", "squaredDistance", "scoreDifference"],
  ].map(
    (maker): Case => [
      `what ${maker} does not take`,
      () => pairlab[maker]({ momentum: 0.1 }),
      `${maker}() takes nothing more, not an object`,
    ],
  ),
  ["a hole", () => train({ network: { trunk: [], head: new Array(1) } }), "head.0 is missing: it must be an object"],
];

const tensors = model().tensors;
const scale = { mean: 33, deviation: 77 };
const network = { model: model(), scale };
const finished = { record: { id: job.id, seed: 0, config: job.config }, weights: new Uint8Array(1) };
const nameable = { ...finished, record: { ...finished.record, architecture: "mlp" } };
const otherWeights = () =>
  pairlab.encodeWeights(
    new pairlab.Model(kernels, pairlab.findArchitecture("quick"), pairlab.DIGIT_PAIRS, { batchSize: 2 }),
    scale,
    "quick",
  );
const bytes = new Uint8Array(3);
const OBJECTS: Case[] = [
  ["no kernels", () => new pairlab.Kernels(), "kernels is missing: it must be compiled kernels"],
  ["kernels that are none", () => pairlab.train({}, mlp, pairs, 0, settings).next(), "must be compiled kernels"],
  ["junk as kernels", () => pairlab.compileKernels(bytes), "must be the bytes of kernels.wasm, which this runtime"],
  [
    "another program",
    () => new pairlab.Kernels(pairlab.compileKernels(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))),
    "the kernels are not kernels.wasm",
  ],
  [
    "no pair set",
    () => pairlab.train(kernels, mlp, null, 0, settings).next(),
    "the pair set must be an object, not null",
  ],
  [
    "a model without an instance",
    () => new pairlab.Model({}, mlp, pairlab.DIGIT_PAIRS, { batchSize: 2 }),
    "kernels must be an instance of Kernels, as new Kernels(compiled) is, not an object",
  ],
  [
    "tensors that are none",
    () => new pairlab.Adam(kernels, []),
    "tensors must be the tensors of a model, not an array",
  ],
  ["an optimizer of nothing", () => new pairlab.Muon(), "kernels is missing: it must be an instance of Kernels"],
  ...["Adam", "Sgd", "Lion", "Rmsprop", "Muon"].map(
    (name): Case => [
      `a misspelled option of ${name}`,
      () => new pairlab[name](kernels, tensors, { weigthDecay: 0.1 }),
      'there is no option "weigthDecay": did you mean weightDecay?',
    ],
  ),
  [
    "a misspelled setting of an optimizer",
    () => pairlab.makeOptimizer("sgd", kernels, tensors, { momentun: 0.5 }),
    'there is no setting "momentun": did you mean momentum?',
  ],
  ["a decay of null", () => new pairlab.Sgd(kernels, tensors, { weightDecay: null }), "weightDecay must be a number"],
  ["options of null", () => new pairlab.Adam(kernels, tensors, null), "options must be an object, not null"],
  ["gradients of nothing", () => pairlab.clipGradients(), "kernels is missing: it must be an instance of Kernels"],
  ["gradients of a model", () => pairlab.clipGradients(kernels, model(), 1), "tensors must be the tensors of a model"],
  ["an average of nothing", () => new pairlab.WeightAverage(), "the model is missing: it must be a Model"],
  ["a watch over nothing", () => new pairlab.WeightWatch({}), "the model must be a Model, not an object"],
  ["bytes without a name", () => pairlab.decodeSafetensors(bytes), "the file must be an object of name and bytes"],
  ["a file without bytes", () => pairlab.decodeSafetensors({ name: "x" }), "the file.bytes is missing"],
  ["weights of nothing", () => pairlab.layerWeights(), "the file is missing: it must be an object"],
  ["images of nothing", () => pairlab.readLabelledImages(), "the file of images is missing: it must be an object"],
  [
    "labels without a name",
    () => pairlab.readLabelledImages({ name: "x", bytes }, { bytes }),
    "the file of labels.name is missing",
  ],
  ["tensors of nothing", () => new pairlab.TensorReader("x"), "tensors is missing: it must be an array"],
  ["weights of no model", () => pairlab.encodeWeights(), "the model is missing: it must be a Model"],
  ["a run that is none", () => pairlab.evaluateRun({}, images, kernels), "run.record is missing: it must be an object"],
  ["no images", () => pairlab.evaluateRun(finished), "images is missing: it must be an object"],
  [
    "compiled kernels for an instance",
    () => pairlab.evaluateRun(finished, images, pairlab.compileKernels(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))),
    "kernels must be an instance of Kernels, as new Kernels(compiled) is, not an object",
  ],
  ["a graph of nothing", () => pairlab.encodeOnnx(), "run is missing: it must be an object"],
  ["a graph of a run without a name", () => pairlab.encodeOnnx(finished), "run.record.architecture is missing"],
  [
    "a graph of another part",
    () => pairlab.encodeOnnx(nameable, { part: "head" }),
    'part must be one of whole, trunk, not "head"',
  ],
  [
    "a graph with a misspelled option",
    () => pairlab.encodeOnnx(nameable, { parts: "trunk" }),
    'there is no option "parts": did you mean part?',
  ],
  [
    "a graph with a threshold that is none",
    () => pairlab.encodeOnnx(nameable, { thresholds: { error: "0.5" } }),
    'thresholds.error must be a finite number, not "0.5"',
  ],
  [
    "a graph of a run's damaged weights",
    () => pairlab.encodeOnnx(nameable),
    `weights of run ${job.id}: 1 byte is not a safetensors file`,
  ],
  [
    "a graph with weights of another network",
    () => pairlab.encodeOnnx({ ...nameable, weights: otherWeights() }),
    `weights of run ${job.id}: there is no tensor "head.1.weight"`,
  ],
  ["decisions of nothing", () => pairlab.decisions(), "network is missing: it must be an object"],
  [
    "decisions of a model",
    () => pairlab.decisions(model(), pairs.train),
    "network.model is missing: it must be a Model",
  ],
  ["decisions of no pairs", () => pairlab.decisions(network), "pairs is missing: it must be an object"],
  ["ideal decisions of nothing", () => pairlab.idealDecisions(), "network is missing: it must be an object"],
  ["ideal decisions of no pairs", () => pairlab.idealDecisions(network), "pairs is missing: it must be an object"],
  ["arithmetic of nothing", () => pairlab.convolutionArithmetic(), "input is missing: it must be an array of numbers"],
  [
    "arithmetic of another layer",
    () =>
      pairlab.convolutionArithmetic([1], { height: 1, width: 1, channels: 1 }, [1], [1], pairlab.relu(), {
        channel: 0,
        row: 0,
        column: 0,
      }),
    "convolution.channels is missing",
  ],
];

const HIGHEST = "seed must be a whole number from 0 to 9007199254740991, not";
const SEEDS: Case[] = [
  ...[Number.NaN, -1, 1.5, 2 ** 53, "3", null].flatMap((seed): Case[] => {
    const says = `${HIGHEST} ${JSON.stringify(Number.isNaN(seed) ? "NaN" : seed).replace('"NaN"', "NaN")}`;
    return [
      [`pairs of seed ${seed}`, () => pairlab.samplePairSet(images, seed, { trainPairs: 2, testPairs: 2 }), says],
      [`a job of seed ${seed}`, () => pairlab.makeJob("mlp", seed, shaped, job.config.engine), says],
      [`weights of seed ${seed}`, () => model().initialize(seed), says],
      [`a training of seed ${seed}`, () => train({ seed }), says],
    ];
  }),
];

const JOBS: Case[] = [
  ["changed settings", () => run({ config: { ...job.config, epochs: 2 } }), `job "${job.id}" was changed`],
  ["a changed seed", () => run({ seed: 2 }), `job "${job.id}" was changed`],
  [
    "pairs of another number",
    () => run({}, pairs),
    `run ${job.id} is of 21 training and 20 test pairs, not of 20 and 20`,
  ],
  ["no clock", () => pairlab.runJob(job, images, kernels).next(), "now is missing: it must be a function"],
  ["no job", () => pairlab.runJob(undefined, images, kernels, () => 0).next(), "job is missing: it must be an object"],
];

const NUMBERS: Case[] = [
  ["a mean of nothing", () => pairlab.mean([]), "values must hold at least 1 number, not 0"],
  ["a median of nothing", () => pairlab.median([]), "values must hold at least 1 number, not 0"],
  ["a mean of a text", () => pairlab.mean("12"), 'values must be an array of numbers, not "12"'],
  ["a deviation of texts", () => pairlab.standardDeviation(["1", 2]), 'values[0] must be a number, not "1"'],
  [
    "no resamples",
    () => pairlab.bcaOf(3, () => 1, 0, { resamples: 0 }),
    "resamples must be a whole number from 1 to 10000000, not 0",
  ],
  [
    "a misspelled option",
    () => pairlab.bcaOf(3, () => 1, 0, { resample: 10 }),
    'there is no option "resample": did you mean resamples?',
  ],
  ["a probability of 2", () => pairlab.holm([0.1, 2]), "p-values[1] must be a number from 0 to 1, or NaN, not 2"],
  ["no comparisons", () => pairlab.fewestRounds(0), "comparisons must be a whole number from 1 to 1000000000, not 0"],
  [
    "comparisons without end",
    () => pairlab.roundsNeeded({ mean: 1, sd: 1, comparisons: Number.POSITIVE_INFINITY }),
    "comparisons must be a whole number",
  ],
  [
    "a negative deviation",
    () => pairlab.roundsNeeded({ mean: 1, sd: -1 }),
    "sd must be a number of at least 0, not -1",
  ],
  ["one value", () => pairlab.expandedDeviate(1), "n must be a whole number from 2 to"],
  ["no degrees of freedom", () => pairlab.tQuantile(0.975, 0), "degrees must be a whole number from 1 to"],
  ["a quantile above 1", () => pairlab.tQuantile(1.1, 3), "probability must be a number from 0 to 1, not 1.1"],
  ["more successes than trials", () => pairlab.wilsonInterval(5, 3), "successes must be a number from 0 to 3, not 5"],
  ["an error above 1", () => pairlab.samplingSd(1.5, 100), "error must be a fraction from 0 to 1, not 1.5"],
  [
    "errors of other rounds",
    () => pairlab.probabilityOfSuperiority([1], [1, 2]),
    "1 and 2 errors are not of the same rounds",
  ],
  ["a weight of 0", () => pairlab.nonIncreasingFit([1, 2], [1, 0]), "a fit needs a weight above 0 for each value"],
  [
    "a column too short",
    () => pairlab.adjustedShare([[1]], [1, 2]),
    "columns[0] has 1 numbers, but there are 2 values",
  ],
  ["no flips", () => pairlab.signFlip([1], 0, { flips: 0 }), "flips must be a whole number from 1 to 100000000, not 0"],
  [
    "a step beyond the last",
    () => pairlab.scheduledRate("cosine", 0.1, 5, 5),
    "step must be at least 0 and below total, 5, not 5",
  ],
  [
    "doubles as a tensor",
    () => pairlab.encodeSafetensors([{ name: "x", shape: [2], data: new Float64Array(2) }]),
    "tensors[0].data must be a Float32Array, an Int32Array or a BigInt64Array, not Float64Array of 2",
  ],
  [
    "a tensor of another shape",
    () => pairlab.encodeSafetensors([{ name: "x", shape: [3], data: new Float32Array(2) }]),
    "tensors[0].data has 2 elements, but its shape [3] has 3",
  ],
  [
    "decisions of other pairs",
    () => pairlab.mistakes({ count: 1, holds: new Uint8Array(1), probabilities: new Float64Array(1) }, pairs.test),
    "the decisions are of 1 pair, but 20 pairs are given",
  ],
  ["a plan without rounds", () => pairlab.searchPlan(60, 0, 0), "rounds must be a whole number from 1 to 1000, not 0"],
  [
    "records that are none",
    () => pairlab.compareArchitectures(["mlp", "best"], undefined, { rounds: 1, seed: 0 }),
    "records is missing: it must be an array",
  ],
];

describe.each([
  ["settings", SETTINGS],
  ["pairs", PAIRS],
  ["images", IMAGES],
  ["networks", NETWORKS],
  ["layers", LAYERS],
  ["objects", OBJECTS],
  ["seeds", SEEDS],
  ["jobs", JOBS],
  ["numbers", NUMBERS],
])("the library refuses %s in one line:", (_, cases) => {
  test.each(cases)("%s", (_, call, says) => {
    expect(call).toThrow(library.InvalidRequest);
    expect(call).toThrow(says);
    expect(call).not.toThrow(/\n/);
  });
});

test("pixels that are all alike have nothing to scale", () => {
  const alike = { ...pairs.train, images: pixels.map(() => 33) };
  expect(() => pairlab.pixelScale(alike)).toThrow(
    new library.InvalidRequest("every pixel of the training pairs is 33: there is nothing to learn from"),
  );
});
