import { describe, expect, test } from "vitest";
import { withTitles } from "../src/core/experiments/compare/variants.js";
import { changedSettings } from "../src/core/experiments/shared/changed-settings.js";
import { commandLine } from "../src/core/experiments/shared/command-line.js";
import { DIMENSIONS } from "../src/core/experiments/shared/dimensions.js";
import { trainingSettings } from "../src/core/experiments/shared/method.js";
import { defaultSpace, parseSpace } from "../src/core/experiments/shared/space.js";
import { settingsOptions, settingsWords } from "../src/core/experiments/tune/words.js";
import type { RunRecord } from "../src/core/index.js";
import { findArchitecture, makeJob, type SettingOverrides } from "../src/core/index.js";
import { DIGIT_PAIRS } from "../src/core/network/index.js";
import { distinctions } from "../src/core/runs/distinctions.js";
import { optionName } from "../src/core/settings/options.js";
import { SETTING_NAMES } from "../src/core/settings/table.js";
import { measuringCommand, overridesOf } from "../src/node/cli/options.js";
import { parseVariant } from "../src/node/cli/variants.js";
import { configSchema } from "../src/node/runs/schema.js";
import { formatAddress, readAddress, START } from "../src/web/address/address.js";
import { runCommand } from "../src/web/address/command.js";
import { engine } from "./support/jobs.js";

// What each setting is called and does, wherever one meets it: none of this may change by the way.

const DATASET = { name: "MNIST", sha256: "0".repeat(64) };
const make = (architecture: string, settings: SettingOverrides = {}) =>
  makeJob(architecture, 0, { ...DATASET, shape: DIGIT_PAIRS }, engine, settings);
const messageOf = (work: () => unknown): string => {
  try {
    work();
    return "not refused";
  } catch (error) {
    return (error as Error).message;
  }
};

/** Each setting with a value that another one is not, a network that has it, and the options that change it. */
const SAMPLES: readonly [option: string, architecture: string, ...options: string[]][] = [
  ["epochs", "mlp", "3"],
  ["learning-rate", "mlp", "0.01"],
  ["batch-size", "mlp", "20"],
  ["dropout", "simple-cnn", "0.25"],
  ["optimizer", "mlp", "muon"],
  ["momentum", "mlp", "0.5", "--optimizer", "sgd"],
  ["nesterov", "mlp", "", "--optimizer", "sgd"],
  ["weight-decay", "mlp", "0.1"],
  ["schedule", "mlp", "cosine"],
  ["clip-norm", "mlp", "2"],
  ["weight-average", "mlp", "0.99"],
  ["auxiliary-weight", "weight-sharing-auxiliary", "0.7"],
  ["label-fraction", "weight-sharing-auxiliary", "0.25"],
  ["pairs", "mlp", "500"],
  ["augmentation", "mlp", "mild"],
  ["pairing", "mlp", "swapped"],
  ["partners", "weight-sharing", "5"],
  ["members", "one-by-one", "2"],
  ["label-smoothing", "one-by-one", "0.1"],
  ["views", "one-by-one", "shifts"],
  ["evaluate", "mlp", "end"],
  ["evaluate-on", "mlp", "validation"],
  ["relation", "mlp", "equal"],
  ["balance", "mlp", ""],
  ["split", "mlp", "classes"],
  ["reuse", "mlp", ""],
  ["data-seed", "mlp", "7"],
  ["init-seed", "mlp", "7"],
  ["order-seed", "mlp", "7"],
  ["dropout-seed", "one-by-one", "7"],
  ["augmentation-seed", "best", "7"],
  ["schedule", "best", "constant"],
  ["weight-decay", "best", "0"],
  ["optimizer", "best", "sgd"],
  ["augmentation", "best", "none"],
  ["pairing", "best", "drawn"],
  ["views", "best", "none"],
  ["label-smoothing", "best", "0"],
  ["partners", "best-learned", "1"],
  ["members", "best-ensemble", "1"],
  ["auxiliary-weight", "best-learned", "2"],
  ["evaluate", "best", "epoch"],
];

/** What the library alone can change. */
const BEYOND: readonly [architecture: string, settings: SettingOverrides][] = [
  ["mlp", { testPairs: 77 }],
  ["weight-sharing-auxiliary", { pairWeight: 0.5 }],
  ["one-by-one", { augmentation: { rotation: 5, noise: 3 } }],
  // In which order settings are told.
  [
    "weight-sharing-auxiliary",
    {
      ...{ partners: 2, pairing: "shuffled", augmentation: { shift: 1 }, views: "shifts", labelSmoothing: 0.1 },
      ...{ weightAverage: 0.9, clipNorm: 3, schedule: "step", weightDecay: 0.2, nesterov: true, momentum: 0.3 },
      ...{ evaluateOn: "validation", evaluate: "end", testPairs: 99, trainPairs: 98, dropout: 0.4, optimizer: "sgd" },
      ...{ learningRate: 0.5, batchSize: 7, epochs: 6, pairWeight: 0.7, auxiliaryWeight: 3 },
    },
  ],
];

const runOf = (job: ReturnType<typeof make>) => ({ ...job, epochs: [] }) as unknown as RunRecord;

const flat = ({ config: { network, ...others } }: ReturnType<typeof make>): Record<string, unknown> => {
  const { trunk: _, head: __, ...rest } = network;
  return { ...others, ...rest };
};

/** What words and commands say of a job beside what they say of its architecture as it is. */
function told(job: ReturnType<typeof make>): Record<string, unknown> {
  const own = make(job.architecture);
  const usual = trainingSettings([own]).map(({ name, value }) => `${name}: ${value}`);
  const context = { rounds: 3, seed: 0, dataset: DATASET, engine: { ...engine, workers: 1 } };
  return {
    config: Object.entries(flat(job))
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(flat(own)[name]))
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`),
    method: trainingSettings([job])
      .map(({ name, value }) => `${name}: ${value}`)
      .filter((line) => !usual.includes(line)),
    changed: changedSettings([job]).map(({ change }) => change),
    distinct: distinctions([job])[0],
    repeat: commandLine("compare", context, [runOf(job)]),
    page: runCommand(job),
    stored: Object.keys(job.config).sort().join() === Object.keys(configSchema.parse(job.config)).sort().join(),
  };
}

const lines = (told: Record<string, unknown>): string =>
  Object.entries(told)
    .map(([name, value]) => `  ${name}: ${Array.isArray(value) ? value.join(" | ") : value}`)
    .join("\n");

test("every setting is here", () => {
  const here = [...SAMPLES.map(([option]) => option), ...BEYOND.flatMap(([, settings]) => Object.keys(settings))];
  expect(SETTING_NAMES.filter((name) => !here.includes(optionName(name)) && !here.includes(name))).toEqual([]);
});

test("options", () => {
  const texts = measuringCommand("train").options.map(
    ({ flags, description, argChoices, defaultValueDescription }) =>
      `${flags}: ${description}${argChoices ? ` [${argChoices.join(" ")}]` : ""}${defaultValueDescription ? ` (${defaultValueDescription})` : ""}`,
  );
  expect(`\n${texts.join("\n")}\n`).toMatchInlineSnapshot(`
    "
    --seed <seed>: seed, or that of the first round if there are several
    --workers <count>: worker threads; each trains one run at a time (one for each core)
    --runs <folder>: the run store
    --data <path>: images: a folder of four IDX files, of a folder for each class, or with a metadata.csv; a zip of these; or a list of pairs (default: MNIST, which comes with the package)
    --size <HxW>: height and width of what networks see, 8x8 to 64x64 (default: half of IDX images; of pictures their own where all have one that fits, else 32x32)
    --colour <kind>: grey or rgb (default: rgb where a picture has colour) [grey rgb]
    --fit <how>: what becomes of pictures of another shape: stretch, pad with background, or crop (default: they are refused) [stretch pad crop]
    --order <names>: all classes in their order, for relations that need one: small,medium,large
    --classes <which>: where folders lie in folders: first or innermost is the class (default: first) [first innermost]
    --images <folder>: of a list of pairs: where the pictures that it names lie (default: the list's folder)
    --first <column>: of a list of pairs: the first pictures, by name or number (default: found by trying)
    --second <column>: of a list of pairs: the second pictures (default: found by trying)
    --label <column>: of a list of pairs: the labels (default: found by the column's name)
    --same <label>: of a list of pairs: the label of those that match, such as 1
    --simd <build>: base: the same bits on every machine; fused: the same bits where a processor has fused multiply-add, and mostly faster [base fused]
    --queue <url>: train on the workers of a queue: see pairlab worker; redis:// or rediss:// (default: PAIRLAB_QUEUE of the environment, where a password belongs)
    --json: print one JSON document, and nothing else, on standard output
    --quiet: show no progress
    --relation <name|file>: what is asked about a pair: less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, or a file with a table of 0 and 1, a row for each first class (default: less-or-equal)
    --epochs <count>: epochs (default: the architecture's own, 25)
    --learning-rate <rate>: (default: the architecture's own)
    --batch-size <pairs>: (default: the architecture's own, 50)
    --dropout <rate>: dropout rate, where there is dropout (default: the architecture's own, 0.5)
    --optimizer <name>: (default: the architecture's own, adam) [adam adamw sgd rmsprop lion muon]
    --momentum <part>: momentum of sgd (default: 0.9) and muon (default: 0.95)
    --nesterov: Nesterov's momentum, for sgd
    --weight-decay <rate>: decoupled for adamw (default: 0.01) and lion, an L2 penalty for the others (default: none)
    --schedule <name>: how the learning rate falls (default: the architecture's own, constant) [constant step cosine one-cycle]
    --clip-norm <norm>: the largest norm that the gradients may have; 0 for no limit
    --weight-average <decay>: the part that each step keeps of a moving average of the weights; that average is tested and saved; 0 for no average
    --auxiliary-weight <weight>: weight of the cross-entropy of each image's class, where there is one (default: 0.5)
    --pairs <count>: training pairs of a round (default: 1000)
    --augmentation <name>: how training images are changed each time (default: not at all) [none mild strong]
    --pairing <how>: training pairs swapped or shuffled anew in each epoch, or as drawn (default) [swapped shuffled drawn]
    --partners <count>: others of its batch that each image is paired with, for networks with a shared trunk (default: 1)
    --members <count>: trunks with weights of their own whose class logits are averaged, for networks that learn only from classes (default: 1)
    --label-smoothing <epsilon>: label smoothing of the loss on classes, where there is one (default: 0)
    --label-fraction <part>: part of the training pairs whose classes the loss on classes learns, where there is one (default: 1, all)
    --views <kind>: shifts: in evaluation, average the class logits over an image and its four shifts by one pixel (default: none) [shifts none]
    --evaluate <when>: losses and accuracies after each epoch, or only at the end (default: the architecture's own, each epoch) [epoch end]
    --evaluate-on <pairs>: validation: pairs of training images that the round does not train on, to choose settings by (default: test) [test validation]
    --balance: draw as many pairs with the answer yes as with no (default: where one answer has over 80% of the pairs)
    --no-balance: draw pairs as they come, even where one answer is rare
    --split <by>: classes: test pairs are of classes that no training pair has (default: images; classes for the relation equal) [images classes]
    --reuse: let an image be in several pairs, for more pairs than half the images
    --no-reuse: let an image be in one pair only
    --data-seed <seed>: seed of the training and validation pairs (default: the run's)
    --init-seed <seed>: seed of the starting weights (default: the run's)
    --order-seed <seed>: seed of the batch order, pairing and partners (default: the run's)
    --dropout-seed <seed>: seed of the dropout masks (default: the run's)
    --augmentation-seed <seed>: seed of the augmentation (default: the run's)
    "
  `);
});

test("values", () => {
  const texts = SAMPLES.map(([option, architecture, value, ...others]) => {
    const command = measuringCommand("train");
    command.parse([`--${option}`, ...(value ? [value] : []), ...others], { from: "user" });
    const job = make(architecture, overridesOf(command.opts()));
    return `${architecture} --${[option, value, ...others].filter(Boolean).join(" ")}\n${lines(told(job))}`;
  });
  const more = BEYOND.map(
    ([name, settings]) => `${name} ${JSON.stringify(settings)}\n${lines(told(make(name, settings)))}`,
  );
  expect(`\n${[...texts, ...more].join("\n")}\n`).toMatchInlineSnapshot(`
    "
    mlp --epochs 3
      config: epochs=3
      method: Epochs: 3; errors are those after the last
      changed: epochs 3 instead of 25
      distinct: epochs 3
      repeat: pairlab compare --rounds 3 --seed 0 --epochs 3
      page: npx pairlab train mlp --seed 0 --epochs 3 --no-config
      stored: true
    mlp --learning-rate 0.01
      config: learningRate=0.01
      method: Learning rate: 0.01
      changed: learning rate 0.01 instead of 0.002
      distinct: learning rate 0.01
      repeat: pairlab compare --rounds 3 --seed 0 --learning-rate 0.01
      page: npx pairlab train mlp --seed 0 --learning-rate 0.01 --no-config
      stored: true
    mlp --batch-size 20
      config: batchSize=20
      method: Batch size: 20 pairs
      changed: batch size 20 instead of 50
      distinct: batch size 20
      repeat: pairlab compare --rounds 3 --seed 0 --batch-size 20
      page: npx pairlab train mlp --seed 0 --batch-size 20 --no-config
      stored: true
    simple-cnn --dropout 0.25
      config: dropout=0.25
      method: Dropout: 0.25 where an architecture has it; the paper prints no rate
      changed: dropout 0.25 instead of 0.5
      distinct: dropout 0.25
      repeat: pairlab compare --rounds 3 --seed 0 --dropout 0.25
      page: npx pairlab train simple-cnn --seed 0 --dropout 0.25 --no-config
      stored: true
    mlp --optimizer muon
      config: optimizer="muon"
      method: Optimizer: Muon with momentum 0.95 and weight decay 0.01, on the cross-entropy
      changed: optimizer Muon with momentum 0.95 and weight decay 0.01 instead of Adam
      distinct: optimizer muon
      repeat: pairlab compare --rounds 3 --seed 0 --optimizer muon
      page: npx pairlab train mlp --seed 0 --optimizer muon --no-config
      stored: true
    mlp --momentum 0.5 --optimizer sgd
      config: optimizer="sgd" | momentum=0.5
      method: Optimizer: SGD with momentum 0.5, on the cross-entropy
      changed: optimizer SGD with momentum 0.5 instead of Adam
      distinct: optimizer sgd | 0.5 momentum
      repeat: pairlab compare --rounds 3 --seed 0 --optimizer sgd --momentum 0.5
      page: npx pairlab train mlp --seed 0 --optimizer sgd --no-config
      stored: true
    mlp --nesterov --optimizer sgd
      config: optimizer="sgd" | nesterov=true
      method: Optimizer: SGD with Nesterov's momentum 0.9, on the cross-entropy
      changed: optimizer SGD with Nesterov's momentum 0.9 instead of Adam
      distinct: optimizer sgd | Nesterov's momentum
      repeat: pairlab compare --rounds 3 --seed 0 --optimizer sgd --nesterov
      page: npx pairlab train mlp --seed 0 --optimizer sgd --no-config
      stored: true
    mlp --weight-decay 0.1
      config: weightDecay=0.1
      method: Optimizer: Adam with weight decay 0.1, on the cross-entropy
      changed: optimizer Adam with weight decay 0.1 instead of Adam
      distinct: 0.1 weight decay
      repeat: pairlab compare --rounds 3 --seed 0 --weight-decay 0.1
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    mlp --schedule cosine
      config: schedule="cosine"
      method: Learning rate: 0.002, falling to 0 along half a cosine
      changed: schedule cosine instead of constant
      distinct: cosine learning rate
      repeat: pairlab compare --rounds 3 --seed 0 --schedule cosine
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    mlp --clip-norm 2
      config: clipNorm=2
      method: Clipping: if the norm of all gradients together is above 2, they are scaled down to it
      changed: clipping 2 instead of none
      distinct: clipping at 2
      repeat: pairlab compare --rounds 3 --seed 0 --clip-norm 2
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    mlp --weight-average 0.99
      config: weightAverage=0.99
      method: Weight average: a moving average of the weights is evaluated and kept; each step keeps 0.99 of it
      changed: weight average 0.99 instead of none
      distinct: weight average 0.99
      repeat: pairlab compare --rounds 3 --seed 0 --weight-average 0.99
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    weight-sharing-auxiliary --auxiliary-weight 0.7
      config: auxiliaryWeight=0.7
      method: Weight of each image's digit loss: 0.7, beside 1 for the pair's label
      changed: auxiliary weight 0.7 instead of 0.5
      distinct: auxiliary weight 0.7
      repeat: pairlab compare --rounds 3 --seed 0 --auxiliary-weight 0.7
      page: npx pairlab train weight-sharing-auxiliary --seed 0 --auxiliary-weight 0.7 --no-config
      stored: true
    weight-sharing-auxiliary --label-fraction 0.25
      config: labelFraction=0.25
      method: Label fraction: 0.25: the loss on digits learns from this part of the training pairs, and is divided by it
      changed: label fraction 0.25 instead of 1
      distinct: label fraction 0.25
      repeat: pairlab compare --rounds 3 --seed 0 --label-fraction 0.25
      page: npx pairlab train weight-sharing-auxiliary --seed 0 --no-config
      stored: true
    mlp --pairs 500
      config: trainPairs=500
      method: Pairs: 500 training and 1,000 test pairs a round, drawn without replacement from the training images and the test images: no image occurs twice in a set
      changed: training pairs 500 instead of 1000
      distinct: training pairs 500
      repeat: pairlab compare --rounds 3 --seed 0 --pairs 500
      page: npx pairlab train mlp --seed 0 --pairs 500 --no-config
      stored: true
    mlp --augmentation mild
      config: augmentation={"rotation":8,"scale":0.08,"shear":0.1,"shift":1}
      method: Augmentation: rotation ±8°, scale ±8%, shear ±0.1, shift ±1 px; of training images, each time anew
      changed: augmentation mild instead of none
      distinct: augmentation mild
      repeat: pairlab compare --rounds 3 --seed 0 --augmentation mild
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    mlp --pairing swapped
      config: pairing="swapped"
      method: Training pairs: swapped; evaluated as drawn
      changed: training pairs swapped instead of as drawn
      distinct: pairs swapped
      repeat: pairlab compare --rounds 3 --seed 0 --pairing swapped
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    weight-sharing --partners 5
      config: partners=5
      method: Partners: 5 others of its batch for each image, at random; evaluated only in its pair
      changed: partners 5 instead of 1
      distinct: partners 5
      repeat: pairlab compare --rounds 3 --seed 0 --partners 5
      page: npx pairlab train weight-sharing --seed 0 --no-config
      stored: true
    one-by-one --members 2
      config: members=2
      method: Members: 2 trunks, each with weights of its own, learn from the same batches; the pair is decided on the mean of their digit logits
      changed: members 2 instead of 1
      distinct: 2 members
      repeat: pairlab compare --rounds 3 --seed 0 --members 2
      page: npx pairlab train one-by-one --seed 0 --no-config
      stored: true
    one-by-one --label-smoothing 0.1
      config: labelSmoothing=0.1
      method: Label smoothing: 0.1 of the digits' loss in training; evaluation reports the plain cross-entropy
      changed: label smoothing 0.1 instead of 0
      distinct: label smoothing 0.1
      repeat: pairlab compare --rounds 3 --seed 0 --label-smoothing 0.1
      page: npx pairlab train one-by-one --seed 0 --no-config
      stored: true
    one-by-one --views shifts
      config: views="shifts"
      method: Views: evaluation looks at each image and its four shifts by one pixel, and decides on the mean of the digit logits; the image has weight 1, each shift ½
      changed: views shifts instead of none
      distinct: views shifts
      repeat: pairlab compare --rounds 3 --seed 0 --views shifts
      page: npx pairlab train one-by-one --seed 0 --no-config
      stored: true
    mlp --evaluate end
      config: evaluate="end"
      method: 
      changed: 
      distinct: evaluated at the end
      repeat: pairlab compare --rounds 3 --seed 0 --evaluate end
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    mlp --evaluate-on validation
      config: evaluateOn="validation"
      method: Pairs: 1,000 training and 1,000 validation pairs a round, drawn without replacement from the training images: no image occurs twice in a set
      changed: 
      distinct: on validation pairs
      repeat: pairlab compare --rounds 3 --seed 0 --evaluate-on validation
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    mlp --relation equal
      config: relation="equal" | balance=true | split="classes"
      method: Question: is the first the same as the second? | Balance: every other pair has the answer yes, in training, validation and test pairs | Split: by class: each seed deals the classes out anew, and test pairs are of classes that training never saw
      changed: 
      distinct: relation equal | balanced pairs true | split by classes
      repeat: pairlab compare --rounds 3 --seed 0 --relation equal --balance --split classes
      page: npx pairlab train mlp --seed 0 --relation equal --balance --split classes --no-config
      stored: true
    mlp --balance
      config: balance=true
      method: Balance: every other pair has the answer yes, in training, validation and test pairs
      changed: 
      distinct: balanced pairs true
      repeat: pairlab compare --rounds 3 --seed 0 --balance
      page: npx pairlab train mlp --seed 0 --balance --no-config
      stored: true
    mlp --split classes
      config: split="classes"
      method: Split: by class: each seed deals the classes out anew, and test pairs are of classes that training never saw
      changed: 
      distinct: split by classes
      repeat: pairlab compare --rounds 3 --seed 0 --split classes
      page: npx pairlab train mlp --seed 0 --split classes --no-config
      stored: true
    mlp --reuse
      config: reuse=true
      method: Pairs: 1,000 training and 1,000 test pairs a round | Images: in several pairs; no two images meet twice in a set
      changed: 
      distinct: images in several pairs true
      repeat: pairlab compare --rounds 3 --seed 0 --reuse
      page: npx pairlab train mlp --seed 0 --reuse --no-config
      stored: true
    mlp --data-seed 7
      config: dataSeed=7
      method: Seed of the training pairs: 7 in every round; test pairs are the round's
      changed: 
      distinct: data seed 7
      repeat: pairlab compare --rounds 3 --seed 0 --data-seed 7
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    mlp --init-seed 7
      config: initSeed=7
      method: Seed of the starting weights: 7 in every round
      changed: 
      distinct: init seed 7
      repeat: pairlab compare --rounds 3 --seed 0 --init-seed 7
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    mlp --order-seed 7
      config: orderSeed=7
      method: Seed of the batch order: 7 in every round; also of pairing and partners
      changed: 
      distinct: order seed 7
      repeat: pairlab compare --rounds 3 --seed 0 --order-seed 7
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    one-by-one --dropout-seed 7
      config: dropoutSeed=7
      method: Seed of dropout: 7 in every round
      changed: 
      distinct: dropout seed 7
      repeat: pairlab compare --rounds 3 --seed 0 --dropout-seed 7
      page: npx pairlab train one-by-one --seed 0 --no-config
      stored: true
    best --augmentation-seed 7
      config: augmentationSeed=7
      method: Seed of the augmentation: 7 in every round
      changed: 
      distinct: augmentation seed 7
      repeat: pairlab compare --rounds 3 --seed 0 --augmentation-seed 7
      page: npx pairlab train best --seed 0 --no-config
      stored: true
    best --schedule constant
      config: 
      method: Learning rate: 0.01
      changed: schedule constant instead of one-cycle
      distinct: constant learning rate
      repeat: pairlab compare --rounds 3 --seed 0 --schedule constant
      page: npx pairlab train best --seed 0 --no-config
      stored: true
    best --weight-decay 0
      config: optimizer="adam"
      method: Optimizer: Adam, on the cross-entropy
      changed: optimizer Adam instead of AdamW with weight decay 0.03
      distinct: optimizer adam | default weight decay
      repeat: pairlab compare --rounds 3 --seed 0 --optimizer adam
      page: npx pairlab train best --seed 0 --optimizer adam --no-config
      stored: true
    best --optimizer sgd
      config: optimizer="sgd"
      method: Optimizer: SGD with momentum 0.9, on the cross-entropy
      changed: optimizer SGD with momentum 0.9 instead of AdamW with weight decay 0.03
      distinct: optimizer sgd | default weight decay
      repeat: pairlab compare --rounds 3 --seed 0 --optimizer sgd
      page: npx pairlab train best --seed 0 --optimizer sgd --no-config
      stored: true
    best --augmentation none
      config: 
      method: 
      changed: augmentation none instead of strong
      distinct: augmentation none
      repeat: pairlab compare --rounds 3 --seed 0 --augmentation none
      page: npx pairlab train best --seed 0 --no-config
      stored: true
    best --pairing drawn
      config: 
      method: 
      changed: training pairs as drawn instead of shuffled
      distinct: pairs as drawn
      repeat: pairlab compare --rounds 3 --seed 0 --pairing drawn
      page: npx pairlab train best --seed 0 --no-config
      stored: true
    best --views none
      config: 
      method: 
      changed: views none instead of shifts
      distinct: views none
      repeat: pairlab compare --rounds 3 --seed 0 --views none
      page: npx pairlab train best --seed 0 --no-config
      stored: true
    best --label-smoothing 0
      config: 
      method: 
      changed: label smoothing 0 instead of 0.05
      distinct: label smoothing 0
      repeat: pairlab compare --rounds 3 --seed 0 --label-smoothing 0
      page: npx pairlab train best --seed 0 --no-config
      stored: true
    best-learned --partners 1
      config: 
      method: 
      changed: partners 1 instead of 99
      distinct: partners 1
      repeat: pairlab compare --rounds 3 --seed 0 --partners 1
      page: npx pairlab train best-learned --seed 0 --no-config
      stored: true
    best-ensemble --members 1
      config: 
      method: 
      changed: members 1 instead of 4
      distinct: one member
      repeat: pairlab compare --rounds 3 --seed 0 --members 1
      page: npx pairlab train best-ensemble --seed 0 --no-config
      stored: true
    best-learned --auxiliary-weight 2
      config: auxiliaryWeight=2
      method: Weight of each image's digit loss: 2, beside 1 for the pair's label
      changed: auxiliary weight 2 instead of 1
      distinct: auxiliary weight 2
      repeat: pairlab compare --rounds 3 --seed 0 --auxiliary-weight 2
      page: npx pairlab train best-learned --seed 0 --auxiliary-weight 2 --no-config
      stored: true
    best --evaluate epoch
      config: evaluate="epoch"
      method: 
      changed: 
      distinct: evaluated after each epoch
      repeat: pairlab compare --rounds 3 --seed 0 --evaluate epoch
      page: npx pairlab train best --seed 0 --no-config
      stored: true
    mlp {"testPairs":77}
      config: testPairs=77
      method: Pairs: 1,000 training and 77 test pairs a round, drawn without replacement from the training images and the test images: no image occurs twice in a set
      changed: 
      distinct: test pairs 77
      repeat: pairlab compare --rounds 3 --seed 0
      page: npx pairlab train mlp --seed 0 --no-config
      stored: true
    weight-sharing-auxiliary {"pairWeight":0.5}
      config: pairWeight=0.5
      method: Weight of each image's digit loss: 0.5, beside 0.5 for the pair's label
      changed: pair weight 0.5 instead of 1
      distinct: pair weight 0.5
      repeat: pairlab compare --rounds 3 --seed 0
      page: npx pairlab train weight-sharing-auxiliary --seed 0 --no-config
      stored: true
    one-by-one {"augmentation":{"rotation":5,"noise":3}}
      config: augmentation={"rotation":5,"noise":3}
      method: Augmentation: rotation ±5°, noise 3 grey levels; of training images, each time anew
      changed: augmentation rotation ±5°, noise 3 grey levels instead of none
      distinct: augmentation rotation ±5°, noise 3 grey levels
      repeat: pairlab compare --rounds 3 --seed 0 --augmentation rotation ±5°, noise 3 grey levels
      page: npx pairlab train one-by-one --seed 0 --no-config
      stored: true
    weight-sharing-auxiliary {"partners":2,"pairing":"shuffled","augmentation":{"shift":1},"views":"shifts","labelSmoothing":0.1,"weightAverage":0.9,"clipNorm":3,"schedule":"step","weightDecay":0.2,"nesterov":true,"momentum":0.3,"evaluateOn":"validation","evaluate":"end","testPairs":99,"trainPairs":98,"dropout":0.4,"optimizer":"sgd","learningRate":0.5,"batchSize":7,"epochs":6,"pairWeight":0.7,"auxiliaryWeight":3}
      config: epochs=6 | batchSize=7 | learningRate=0.5 | optimizer="sgd" | dropout=0.4 | trainPairs=98 | testPairs=99 | evaluate="end" | evaluateOn="validation" | momentum=0.3 | nesterov=true | weightDecay=0.2 | schedule="step" | clipNorm=3 | weightAverage=0.9 | labelSmoothing=0.1 | views="shifts" | augmentation={"shift":1} | pairing="shuffled" | partners=2 | auxiliaryWeight=3 | pairWeight=0.7
      method: Pairs: 98 training and 99 validation pairs a round, drawn without replacement from the training images: no image occurs twice in a set | Epochs: 6; errors are those after the last | Batch size: 7 pairs | Optimizer: SGD with Nesterov's momentum 0.3 and weight decay 0.2, on the cross-entropy | Learning rate: 0.5, a tenth of it after each third of the steps | Clipping: if the norm of all gradients together is above 3, they are scaled down to it | Weight average: a moving average of the weights is evaluated and kept; each step keeps 0.9 of it | Weight of each image's digit loss: 3, beside 0.7 for the pair's label | Label smoothing: 0.1 of the digits' loss in training; evaluation reports the plain cross-entropy | Views: evaluation looks at each image and its four shifts by one pixel, and decides on the mean of the digit logits; the image has weight 1, each shift ½ | Dropout: 0.4 where an architecture has it; the paper prints no rate | Augmentation: shift ±1 px; of training images, each time anew | Training pairs: shuffled; evaluated as drawn | Partners: 2 others of its batch for each image, at random; evaluated only in its pair
      changed: epochs 6 instead of 25 | batch size 7 instead of 50 | training pairs 98 instead of 1000 | learning rate 0.5 instead of 0.003 | auxiliary weight 3 instead of 0.5 | pair weight 0.7 instead of 1 | label smoothing 0.1 instead of 0 | views shifts instead of none | partners 2 instead of 1 | augmentation shift ±1 px instead of none | training pairs shuffled instead of as drawn | dropout 0.4 instead of 0.5 | optimizer SGD with Nesterov's momentum 0.3 and weight decay 0.2 instead of Adam | schedule step instead of constant | clipping 3 instead of none | weight average 0.9 instead of none
      distinct: epochs 6 | training pairs 98 | learning rate 0.5 | batch size 7 | dropout 0.4 | auxiliary weight 3 | pair weight 0.7 | label smoothing 0.1 | views shifts | augmentation shift ±1 px | partners 2 | pairs shuffled | on validation pairs | test pairs 99 | evaluated at the end | optimizer sgd | 0.3 momentum | Nesterov's momentum | 0.2 weight decay | step learning rate | clipping at 3 | weight average 0.9
      repeat: pairlab compare --rounds 3 --seed 0 --epochs 6 --batch-size 7 --learning-rate 0.5 --dropout 0.4 --optimizer sgd --momentum 0.3 --nesterov --weight-decay 0.2 --schedule step --clip-norm 3 --weight-average 0.9 --auxiliary-weight 3 --label-smoothing 0.1 --views shifts --augmentation shift ±1 px --pairing shuffled --partners 2 --pairs 98 --evaluate end --evaluate-on validation
      page: npx pairlab train weight-sharing-auxiliary --seed 0 --epochs 6 --learning-rate 0.5 --batch-size 7 --dropout 0.4 --auxiliary-weight 3 --pairs 98 --optimizer sgd --no-config
      stored: true
    "
  `);
});

test("variants", () => {
  const texts = SAMPLES.map(([option, architecture, value]) => {
    const argument = `${architecture}:${value ? `${option}=${value}` : option}`;
    return messageOf(() => {
      const variant = parseVariant(argument);
      const [{ title } = { title: "" }] = withTitles([variant]);
      throw new Error(
        `${variant.name} ${JSON.stringify(variant.settings)} ${JSON.stringify(variant.overrides)} ${title}`,
      );
    });
  });
  const both = withTitles(["best:partners=1,views=none", "mlp:optimizer=sgd,nesterov=false"].map(parseVariant));
  expect(`\n${[...texts, ...both.map(({ title }) => title)].join("\n")}\n`).toMatchInlineSnapshot(`
    "
    mlp:epochs=3 {"epochs":3} {"epochs":3} epochs 3
    mlp:learning-rate=0.01 {"learningRate":0.01} {"learningRate":0.01} learning rate 0.01
    mlp:batch-size=20 {"batchSize":20} {"batchSize":20} batch size 20
    simple-cnn:dropout=0.25 {"dropout":0.25} {"dropout":0.25} dropout 0.25
    mlp:optimizer=muon {"optimizer":"muon"} {"optimizer":"muon"} optimizer muon
    mlp:momentum=0.5 {"momentum":0.5} {"momentum":0.5} 0.5 momentum
    mlp:nesterov {"nesterov":true} {"nesterov":true} Nesterov's momentum
    mlp:weight-decay=0.1 {"weightDecay":0.1} {"weightDecay":0.1} 0.1 weight decay
    mlp:schedule=cosine {"schedule":"cosine"} {"schedule":"cosine"} cosine learning rate
    mlp:clip-norm=2 {"clipNorm":2} {"clipNorm":2} clipping at 2
    mlp:weight-average=0.99 {"weightAverage":0.99} {"weightAverage":0.99} weight average 0.99
    weight-sharing-auxiliary:auxiliary-weight=0.7 {"auxiliaryWeight":0.7} {"auxiliaryWeight":0.7} auxiliary weight 0.7
    weight-sharing-auxiliary:label-fraction=0.25 {"labelFraction":0.25} {"labelFraction":0.25} label fraction 0.25
    mlp:pairs=500 {"trainPairs":500} {"trainPairs":500} training pairs 500
    mlp:augmentation=mild {"augmentation":"mild"} {"augmentation":{"rotation":8,"scale":0.08,"shear":0.1,"shift":1}} augmentation mild
    mlp:pairing=swapped {"pairing":"swapped"} {"pairing":"swapped"} pairs swapped
    weight-sharing:partners=5 {"partners":5} {"partners":5} partners 5
    one-by-one:members=2 {"members":2} {"members":2} 2 members
    one-by-one:label-smoothing=0.1 {"labelSmoothing":0.1} {"labelSmoothing":0.1} label smoothing 0.1
    one-by-one:views=shifts {"views":"shifts"} {"views":"shifts"} views shifts
    mlp:evaluate=end {"evaluate":"end"} {"evaluate":"end"} evaluated at the end
    mlp:evaluate-on=validation: evaluate-on must be the same for everything compared: give it as --evaluate-on
    mlp:relation=equal {"relation":"equal"} {"relation":"equal"} relation equal
    mlp:balance {"balance":true} {"balance":true} balanced pairs true
    mlp:split=classes {"split":"classes"} {"split":"classes"} split by classes
    mlp:reuse {"reuse":true} {"reuse":true} images in several pairs true
    mlp:data-seed=7 {"dataSeed":7} {"dataSeed":7} data seed 7
    mlp:init-seed=7 {"initSeed":7} {"initSeed":7} init seed 7
    mlp:order-seed=7 {"orderSeed":7} {"orderSeed":7} order seed 7
    one-by-one:dropout-seed=7 {"dropoutSeed":7} {"dropoutSeed":7} dropout seed 7
    best:augmentation-seed=7 {"augmentationSeed":7} {"augmentationSeed":7} augmentation seed 7
    best:schedule=constant {"schedule":"constant"} {"schedule":"constant"} constant learning rate
    best:weight-decay=0 {"weightDecay":0} {"weightDecay":0} 0 weight decay
    best:optimizer=sgd {"optimizer":"sgd"} {"optimizer":"sgd"} optimizer sgd
    best:augmentation=none {"augmentation":"none"} {"augmentation":{}} augmentation none
    best:pairing=drawn {"pairing":"drawn"} {"pairing":"drawn"} pairs as drawn
    best:views=none {"views":"none"} {"views":"none"} views none
    best:label-smoothing=0 {"labelSmoothing":0} {"labelSmoothing":0} label smoothing 0
    best-learned:partners=1 {"partners":1} {"partners":1} partners 1
    best-ensemble:members=1 {"members":1} {"members":1} one member
    best-learned:auxiliary-weight=2 {"auxiliaryWeight":2} {"auxiliaryWeight":2} auxiliary weight 2
    best:evaluate=epoch {"evaluate":"epoch"} {"evaluate":"epoch"} evaluated after each epoch
    best with partners 1, views none
    MLP with optimizer sgd, no Nesterov's momentum
    "
  `);
});

const BAD: readonly unknown[] = [-1, 1e9, "linear", {}];

describe("refusals", () => {
  test("by the command line, and in a variant", () => {
    const options = [...new Set(SAMPLES.map(([option]) => option))];
    const texts = options.map((option) => {
      const bad = measuringCommand("train")
        .exitOverride()
        .configureOutput({ outputError: () => undefined });
      const line = messageOf(() => bad.parse([`--${option}=x`], { from: "user" }));
      return `${line}\n  ${messageOf(() => parseVariant(`mlp:${option}=-7`))}\n  ${messageOf(() => parseVariant(`mlp:${option}`))}`;
    });
    const unknown = ["momentun=1", "", "seed=3", "evaluate-on=test"].map((each) =>
      messageOf(() => parseVariant(`mlp:${each}`)),
    );
    expect(`\n${[...texts, ...unknown].join("\n")}\n`).toMatchInlineSnapshot(`
      "
      error: option '--epochs <count>' argument 'x' is invalid. It must be a whole number from 1 to 100000.
        mlp:epochs=-7: option '--epochs <count>' argument '-7' is invalid. It must be a whole number from 1 to 100000.
        mlp:epochs: epochs has no value: give epochs=VALUE
      error: option '--learning-rate <rate>' argument 'x' is invalid. It must be a number above 0 and at most 100.
        mlp:learning-rate=-7: option '--learning-rate <rate>' argument '-7' is invalid. It must be a number above 0 and at most 100.
        mlp:learning-rate: learning-rate has no value: give learning-rate=VALUE
      error: option '--batch-size <pairs>' argument 'x' is invalid. It must be a whole number from 1 to 10000.
        mlp:batch-size=-7: option '--batch-size <pairs>' argument '-7' is invalid. It must be a whole number from 1 to 10000.
        mlp:batch-size: batch-size has no value: give batch-size=VALUE
      error: option '--dropout <rate>' argument 'x' is invalid. It must be a number at least 0 and below 1.
        mlp:dropout=-7: option '--dropout <rate>' argument '-7' is invalid. It must be a number at least 0 and below 1.
        mlp:dropout: dropout has no value: give dropout=VALUE
      error: option '--optimizer <name>' argument 'x' is invalid. Allowed choices are adam, adamw, sgd, rmsprop, lion, muon.
        mlp:optimizer=-7: option '--optimizer <name>' argument '-7' is invalid. Allowed choices are adam, adamw, sgd, rmsprop, lion, muon.
        mlp:optimizer: optimizer has no value: give optimizer=VALUE
      error: option '--momentum <part>' argument 'x' is invalid. It must be a number at least 0 and below 1.
        mlp:momentum=-7: option '--momentum <part>' argument '-7' is invalid. It must be a number at least 0 and below 1.
        mlp:momentum: momentum has no value: give momentum=VALUE
      error: unknown option '--nesterov=x'
      (Did you mean --nesterov?)
        mlp:nesterov=-7: nesterov is true or false, not "-7"
        not refused
      error: option '--weight-decay <rate>' argument 'x' is invalid. It must be a number from 0 to 1000.
        mlp:weight-decay=-7: option '--weight-decay <rate>' argument '-7' is invalid. It must be a number from 0 to 1000.
        mlp:weight-decay: weight-decay has no value: give weight-decay=VALUE
      error: option '--schedule <name>' argument 'x' is invalid. Allowed choices are constant, step, cosine, one-cycle.
        mlp:schedule=-7: option '--schedule <name>' argument '-7' is invalid. Allowed choices are constant, step, cosine, one-cycle.
        mlp:schedule: schedule has no value: give schedule=VALUE
      error: option '--clip-norm <norm>' argument 'x' is invalid. It must be a number from 0 to 1000000.
        mlp:clip-norm=-7: option '--clip-norm <norm>' argument '-7' is invalid. It must be a number from 0 to 1000000.
        mlp:clip-norm: clip-norm has no value: give clip-norm=VALUE
      error: option '--weight-average <decay>' argument 'x' is invalid. It must be a number at least 0 and below 1.
        mlp:weight-average=-7: option '--weight-average <decay>' argument '-7' is invalid. It must be a number at least 0 and below 1.
        mlp:weight-average: weight-average has no value: give weight-average=VALUE
      error: option '--auxiliary-weight <weight>' argument 'x' is invalid. It must be a number from 0 to 1000.
        mlp:auxiliary-weight=-7: option '--auxiliary-weight <weight>' argument '-7' is invalid. It must be a number from 0 to 1000.
        mlp:auxiliary-weight: auxiliary-weight has no value: give auxiliary-weight=VALUE
      error: option '--label-fraction <part>' argument 'x' is invalid. It must be a number above 0 and at most 1.
        mlp:label-fraction=-7: option '--label-fraction <part>' argument '-7' is invalid. It must be a number above 0 and at most 1.
        mlp:label-fraction: label-fraction has no value: give label-fraction=VALUE
      error: option '--pairs <count>' argument 'x' is invalid. It must be a whole number from 1 to 1000000.
        mlp:pairs=-7: option '--pairs <count>' argument '-7' is invalid. It must be a whole number from 1 to 1000000.
        mlp:pairs: pairs has no value: give pairs=VALUE
      error: option '--augmentation <name>' argument 'x' is invalid. Allowed choices are none, mild, strong.
        mlp:augmentation=-7: option '--augmentation <name>' argument '-7' is invalid. Allowed choices are none, mild, strong.
        mlp:augmentation: augmentation has no value: give augmentation=VALUE
      error: option '--pairing <how>' argument 'x' is invalid. Allowed choices are swapped, shuffled, drawn.
        mlp:pairing=-7: option '--pairing <how>' argument '-7' is invalid. Allowed choices are swapped, shuffled, drawn.
        mlp:pairing: pairing has no value: give pairing=VALUE
      error: option '--partners <count>' argument 'x' is invalid. It must be a whole number from 1 to 10000.
        mlp:partners=-7: option '--partners <count>' argument '-7' is invalid. It must be a whole number from 1 to 10000.
        mlp:partners: partners has no value: give partners=VALUE
      error: option '--members <count>' argument 'x' is invalid. It must be a whole number from 1 to 64.
        mlp:members=-7: option '--members <count>' argument '-7' is invalid. It must be a whole number from 1 to 64.
        mlp:members: members has no value: give members=VALUE
      error: option '--label-smoothing <epsilon>' argument 'x' is invalid. It must be a number at least 0 and below 1.
        mlp:label-smoothing=-7: option '--label-smoothing <epsilon>' argument '-7' is invalid. It must be a number at least 0 and below 1.
        mlp:label-smoothing: label-smoothing has no value: give label-smoothing=VALUE
      error: option '--views <kind>' argument 'x' is invalid. Allowed choices are shifts, none.
        mlp:views=-7: option '--views <kind>' argument '-7' is invalid. Allowed choices are shifts, none.
        mlp:views: views has no value: give views=VALUE
      error: option '--evaluate <when>' argument 'x' is invalid. Allowed choices are epoch, end.
        mlp:evaluate=-7: option '--evaluate <when>' argument '-7' is invalid. Allowed choices are epoch, end.
        mlp:evaluate: evaluate has no value: give evaluate=VALUE
      error: option '--evaluate-on <pairs>' argument 'x' is invalid. Allowed choices are test, validation.
        mlp:evaluate-on=-7: evaluate-on must be the same for everything compared: give it as --evaluate-on
        mlp:evaluate-on: evaluate-on must be the same for everything compared: give it as --evaluate-on
      error: option '--relation <name|file>' argument 'x' is invalid. It must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not "x", and no file with a table has that name.
        mlp:relation=-7: option '--relation <name|file>' argument '-7' is invalid. It must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not "-7", and no file with a table has that name.
        mlp:relation: relation has no value: give relation=VALUE
      error: unknown option '--balance=x'
      (Did you mean --balance?)
        mlp:balance=-7: balance is true or false, not "-7"
        not refused
      error: option '--split <by>' argument 'x' is invalid. Allowed choices are images, classes.
        mlp:split=-7: option '--split <by>' argument '-7' is invalid. Allowed choices are images, classes.
        mlp:split: split has no value: give split=VALUE
      error: unknown option '--reuse=x'
      (Did you mean --reuse?)
        mlp:reuse=-7: reuse is true or false, not "-7"
        not refused
      error: option '--data-seed <seed>' argument 'x' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:data-seed=-7: option '--data-seed <seed>' argument '-7' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:data-seed: data-seed has no value: give data-seed=VALUE
      error: option '--init-seed <seed>' argument 'x' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:init-seed=-7: option '--init-seed <seed>' argument '-7' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:init-seed: init-seed has no value: give init-seed=VALUE
      error: option '--order-seed <seed>' argument 'x' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:order-seed=-7: option '--order-seed <seed>' argument '-7' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:order-seed: order-seed has no value: give order-seed=VALUE
      error: option '--dropout-seed <seed>' argument 'x' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:dropout-seed=-7: option '--dropout-seed <seed>' argument '-7' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:dropout-seed: dropout-seed has no value: give dropout-seed=VALUE
      error: option '--augmentation-seed <seed>' argument 'x' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:augmentation-seed=-7: option '--augmentation-seed <seed>' argument '-7' is invalid. It must be a whole number from 0 to 9007199254740991.
        mlp:augmentation-seed: augmentation-seed has no value: give augmentation-seed=VALUE
      mlp:momentun=1: there is no setting "momentun": did you mean momentum?
      mlp:: a setting is missing: give OPTION=VALUE, such as learning-rate=0.01
      mlp:seed=3: seed must be the same for everything compared: give it as --seed
      mlp:evaluate-on=test: evaluate-on must be the same for everything compared: give it as --evaluate-on
      "
    `);
  });

  test("by the library", () => {
    const names = [
      ...[
        "epochs",
        "batchSize",
        "learningRate",
        "optimizer",
        "dropout",
        "trainPairs",
        "testPairs",
        "relation",
        "evaluate",
      ],
      ...[
        "evaluateOn",
        "momentum",
        "nesterov",
        "weightDecay",
        "schedule",
        "clipNorm",
        "weightAverage",
        "labelSmoothing",
      ],
      ...["views", "augmentation", "pairing", "partners", "auxiliaryWeight", "pairWeight", "members", "epoch"],
    ];
    const texts = names.flatMap((name) => [
      ...new Set(BAD.map((value) => messageOf(() => make("mlp", { [name]: value } as SettingOverrides)))),
    ]);
    expect(`\n${texts.join("\n")}\n`).toMatchInlineSnapshot(`
      "
      mlp: epochs must be a whole number from 1 to 100000, not -1
      mlp: epochs must be a whole number from 1 to 100000, not 1000000000
      mlp: epochs must be a whole number from 1 to 100000, not "linear"
      mlp: epochs must be a whole number from 1 to 100000, not an object
      mlp: batchSize must be a whole number from 1 to 10000, not -1
      mlp: batchSize must be a whole number from 1 to 10000, not 1000000000
      mlp: batchSize must be a whole number from 1 to 10000, not "linear"
      mlp: batchSize must be a whole number from 1 to 10000, not an object
      mlp: learningRate must be a number above 0 and at most 100, not -1
      mlp: learningRate must be a number above 0 and at most 100, not 1000000000
      mlp: learningRate must be a number above 0 and at most 100, not "linear"
      mlp: learningRate must be a number above 0 and at most 100, not an object
      mlp: optimizer must be one of adam, adamw, sgd, rmsprop, lion, muon, not -1
      mlp: optimizer must be one of adam, adamw, sgd, rmsprop, lion, muon, not 1000000000
      mlp: optimizer must be one of adam, adamw, sgd, rmsprop, lion, muon, not "linear"
      mlp: optimizer must be one of adam, adamw, sgd, rmsprop, lion, muon, not an object
      mlp: dropout must be a number at least 0 and below 1, not -1
      mlp: dropout must be a number at least 0 and below 1, not 1000000000
      mlp: dropout must be a number at least 0 and below 1, not "linear"
      mlp: dropout must be a number at least 0 and below 1, not an object
      mlp: trainPairs must be a whole number from 1 to 1000000, not -1
      mlp: trainPairs must be a whole number from 1 to 1000000, not 1000000000
      mlp: trainPairs must be a whole number from 1 to 1000000, not "linear"
      mlp: trainPairs must be a whole number from 1 to 1000000, not an object
      mlp: testPairs must be a whole number from 1 to 1000000, not -1
      mlp: testPairs must be a whole number from 1 to 1000000, not 1000000000
      mlp: testPairs must be a whole number from 1 to 1000000, not "linear"
      mlp: testPairs must be a whole number from 1 to 1000000, not an object
      mlp: relation must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not -1
      mlp: relation must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not 1000000000
      mlp: relation must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not "linear"
      mlp: relation must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not an object
      mlp: evaluate must be one of epoch, end, not -1
      mlp: evaluate must be one of epoch, end, not 1000000000
      mlp: evaluate must be one of epoch, end, not "linear"
      mlp: evaluate must be one of epoch, end, not an object
      mlp: evaluateOn must be one of test, validation, not -1
      mlp: evaluateOn must be one of test, validation, not 1000000000
      mlp: evaluateOn must be one of test, validation, not "linear"
      mlp: evaluateOn must be one of test, validation, not an object
      mlp: momentum must be a number at least 0 and below 1, not -1
      mlp: momentum must be a number at least 0 and below 1, not 1000000000
      mlp: momentum must be a number at least 0 and below 1, not "linear"
      mlp: momentum must be a number at least 0 and below 1, not an object
      mlp: nesterov must be true or false, not -1
      mlp: nesterov must be true or false, not 1000000000
      mlp: nesterov must be true or false, not "linear"
      mlp: nesterov must be true or false, not an object
      mlp: weightDecay must be a number from 0 to 1000, not -1
      mlp: weightDecay must be a number from 0 to 1000, not 1000000000
      mlp: weightDecay must be a number from 0 to 1000, not "linear"
      mlp: weightDecay must be a number from 0 to 1000, not an object
      mlp: schedule must be one of constant, step, cosine, one-cycle, not -1
      mlp: schedule must be one of constant, step, cosine, one-cycle, not 1000000000
      mlp: schedule must be one of constant, step, cosine, one-cycle, not "linear"
      mlp: schedule must be one of constant, step, cosine, one-cycle, not an object
      mlp: clipNorm must be a number from 0 to 1000000, not -1
      mlp: clipNorm must be a number from 0 to 1000000, not 1000000000
      mlp: clipNorm must be a number from 0 to 1000000, not "linear"
      mlp: clipNorm must be a number from 0 to 1000000, not an object
      mlp: weightAverage must be a number at least 0 and below 1, not -1
      mlp: weightAverage must be a number at least 0 and below 1, not 1000000000
      mlp: weightAverage must be a number at least 0 and below 1, not "linear"
      mlp: weightAverage must be a number at least 0 and below 1, not an object
      mlp: labelSmoothing must be a number at least 0 and below 1, not -1
      mlp: labelSmoothing must be a number at least 0 and below 1, not 1000000000
      mlp: labelSmoothing must be a number at least 0 and below 1, not "linear"
      mlp: labelSmoothing must be a number at least 0 and below 1, not an object
      mlp: views must be one of shifts, none, not -1
      mlp: views must be one of shifts, none, not 1000000000
      mlp: views must be one of shifts, none, not "linear"
      mlp: views must be one of shifts, none, not an object
      mlp: augmentation must be an object, not -1
      mlp: augmentation must be an object, not 1000000000
      mlp: augmentation must be an object, not "linear"
      not refused
      mlp: pairing must be one of swapped, shuffled, drawn, not -1
      mlp: pairing must be one of swapped, shuffled, drawn, not 1000000000
      mlp: pairing must be one of swapped, shuffled, drawn, not "linear"
      mlp: pairing must be one of swapped, shuffled, drawn, not an object
      mlp: partners must be a whole number from 1 to 10000, not -1
      mlp: partners must be a whole number from 1 to 10000, not 1000000000
      mlp: partners must be a whole number from 1 to 10000, not "linear"
      mlp: partners must be a whole number from 1 to 10000, not an object
      mlp: auxiliaryWeight must be a number from 0 to 1000, not -1
      mlp: auxiliaryWeight must be a number from 0 to 1000, not 1000000000
      mlp: auxiliaryWeight must be a number from 0 to 1000, not "linear"
      mlp: auxiliaryWeight must be a number from 0 to 1000, not an object
      mlp: pairWeight must be a number from 0 to 1000, not -1
      mlp: pairWeight must be a number from 0 to 1000, not 1000000000
      mlp: pairWeight must be a number from 0 to 1000, not "linear"
      mlp: pairWeight must be a number from 0 to 1000, not an object
      mlp: members must be a whole number from 1 to 64, not -1
      mlp: members must be a whole number from 1 to 64, not 1000000000
      mlp: members must be a whole number from 1 to 64, not "linear"
      mlp: members must be a whole number from 1 to 64, not an object
      mlp: there is no setting "epoch": did you mean epochs?
      "
    `);
  });

  test("by a stored run's schema", () => {
    const { config } = make("best-ensemble", { clipNorm: 1, weightAverage: 0.5, partners: 1 });
    const names = Object.keys({ ...config, momentum: 0, nesterov: 0, partners: 0 });
    const texts = names.map(
      (name) => `${name} ${BAD.map((value) => configSchema.safeParse({ ...config, [name]: value }).success).join()}`,
    );
    expect(`\n${texts.join("\n")}\n`).toMatchInlineSnapshot(`
      "
      network false,false,false,false
      epochs false,true,false,false
      batchSize false,true,false,false
      learningRate true,true,false,false
      optimizer false,false,false,false
      dropout true,true,false,false
      trainPairs false,true,false,false
      testPairs false,true,false,false
      relation false,false,false,false
      evaluate false,false,false,false
      evaluateOn false,false,false,false
      weightDecay true,true,false,false
      schedule false,false,false,false
      clipNorm true,true,false,false
      weightAverage true,true,false,false
      labelSmoothing true,true,false,false
      views false,false,false,false
      augmentation false,false,false,true
      pairing false,false,false,false
      dataset false,false,false,false
      engine false,false,false,false
      momentum true,true,false,false
      nesterov false,false,false,false
      partners false,true,false,false
      "
    `);
  });
});

test("the page's address", () => {
  const texts = [...new Set(SAMPLES.map(([option]) => option)), "run"].map((option) => {
    const sample = SAMPLES.find(([name]) => name === option)?.[2] ?? "x";
    const read = readAddress(`#/train?${option}=${sample}`);
    const bad = readAddress(`#/train?${option}=-x`);
    return `${option}: ${JSON.stringify(read.address.settings)} ${read.problems.join()} ${bad.problems.join()}`;
  });
  const settings = {
    trainPairs: 5,
    optimizer: "sgd",
    auxiliaryWeight: 2,
    dropout: 0.1,
    batchSize: 4,
    learningRate: 1,
    epochs: 3,
  } as const;
  expect(`\n${[...texts, formatAddress({ ...START, settings })].join("\n")}\n`).toMatchInlineSnapshot(`
    "
    epochs: {"epochs":3}  In the address: Epochs must be a whole number from 1 to 100000, not "-x"
    learning-rate: {"learningRate":0.01}  In the address: Learning rate must be a number above 0 and at most 100, not "-x"
    batch-size: {"batchSize":20}  In the address: Batch size must be a whole number from 1 to 10000, not "-x"
    dropout: {"dropout":0.25}  In the address: Dropout rate must be a number at least 0 and below 1, not "-x"
    optimizer: {"optimizer":"muon"}  In the address: Optimizer must be one of adam, adamw, sgd, rmsprop, lion, muon, not "-x"
    momentum: {} In the address: momentum means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: momentum means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    nesterov: {} In the address: nesterov means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: nesterov means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    weight-decay: {} In the address: weight-decay means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: weight-decay means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    schedule: {} In the address: schedule means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: schedule means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    clip-norm: {} In the address: clip-norm means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: clip-norm means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    weight-average: {} In the address: weight-average means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: weight-average means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    auxiliary-weight: {"auxiliaryWeight":0.7}  In the address: Auxiliary weight must be a number from 0 to 1000, not "-x"
    label-fraction: {} In the address: label-fraction means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: label-fraction means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    pairs: {"trainPairs":500}  In the address: Training pairs must be a whole number from 1 to 1000000, not "-x"
    augmentation: {} In the address: augmentation means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: augmentation means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    pairing: {} In the address: pairing means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: pairing means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    partners: {} In the address: partners means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: partners means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    members: {} In the address: members means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: members means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    label-smoothing: {} In the address: label-smoothing means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: label-smoothing means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    views: {} In the address: views means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: views means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    evaluate: {} In the address: evaluate means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: evaluate means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    evaluate-on: {} In the address: evaluate-on means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: evaluate-on means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    relation: {"relation":"equal"}  In the address: Relation must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not "-x"
    balance: {} In the address: Balanced pairs must be one of yes, no, not "" In the address: Balanced pairs must be one of yes, no, not "-x"
    split: {"split":"classes"}  In the address: Split by must be one of images, classes, not "-x"
    reuse: {} In the address: Images in several pairs must be one of yes, no, not "" In the address: Images in several pairs must be one of yes, no, not "-x"
    data-seed: {} In the address: data-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: data-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    init-seed: {} In the address: init-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: init-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    order-seed: {} In the address: order-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: order-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    dropout-seed: {} In the address: dropout-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: dropout-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    augmentation-seed: {} In the address: augmentation-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own In the address: augmentation-seed means nothing here; choose from networks, seed, rounds, relation, epochs, learning-rate, batch-size, dropout, auxiliary-weight, pairs, optimizer, balance, split, reuse, run, pair, hint, at, hide, tour, own
    run: {}  
    #/train?networks=mlp,simple-cnn,weight-sharing,weight-sharing-auxiliary,one-by-one&seed=0&rounds=1&epochs=3&learning-rate=1&batch-size=4&dropout=0.1&auxiliary-weight=2&pairs=5&optimizer=sgd
    "
  `);
});

test("tune's dimensions", () => {
  const networks = ["mlp", "simple-cnn", "weight-sharing-auxiliary", "one-by-one", "best"].map((name) => ({
    architecture: findArchitecture(name),
    fixed: name === "simple-cnn" ? ({ optimizer: "sgd" } as const) : {},
  }));
  const texts = DIMENSIONS.map((dimension) => {
    const { setting, option, own, around } = dimension;
    const each = networks.map(
      (network) =>
        `  ${network.architecture.name} ${own(network)} ${JSON.stringify(around(own(network), network))} ${dimension.missing(network) ?? ""}`,
    );
    const bad = messageOf(() => parseSpace(`${option}=-1..x`, networks[2] as (typeof networks)[0]));
    return [
      `${settingsWords({ [setting]: 1 })} ${settingsOptions({ [setting]: 1 })} ${JSON.stringify(dimension.possible)} ${dimension.scale} ${dimension.onRequest ?? ""}`,
      `  ${bad}`,
      ...each,
    ].join("\n");
  });
  const searched = networks.map((network) =>
    defaultSpace(network)
      .map(({ dimension }) => dimension.setting)
      .join(),
  );
  expect(`\n${[...texts, ...searched].join("\n")}\n`).toMatchInlineSnapshot(`
    "
    learning rate 1 --learning-rate 1 {"least":0,"most":100,"open":"least"} log 
      --over: "learning-rate=-1..x" cannot be searched: learning-rate takes a range low..high, or values separated by /, each a number above 0 and at most 100, such as learning-rate=0.0003..0.03
      mlp 0.002 {"kind":"range","low":0.0002,"high":0.02,"scale":"log"} 
      simple-cnn 0.003 {"kind":"range","low":0.0003,"high":0.03,"scale":"log"} 
      weight-sharing-auxiliary 0.003 {"kind":"range","low":0.0003,"high":0.03,"scale":"log"} 
      one-by-one 0.002 {"kind":"range","low":0.0002,"high":0.02,"scale":"log"} 
      best 0.01 {"kind":"range","low":0.001,"high":0.1,"scale":"log"} 
    batch size 1 --batch-size 1 {"least":1,"most":10000,"whole":true} log 
      --over: "batch-size=-1..x" cannot be searched: batch-size takes a range low..high, or values separated by /, each a whole number from 1 to 10000, such as batch-size=25/50/100/200
      mlp 50 {"kind":"choices","values":[25,50,100,200]} 
      simple-cnn 50 {"kind":"choices","values":[25,50,100,200]} 
      weight-sharing-auxiliary 50 {"kind":"choices","values":[25,50,100,200]} 
      one-by-one 50 {"kind":"choices","values":[25,50,100,200]} 
      best 50 {"kind":"choices","values":[25,50,100,200]} 
    dropout rate 1 --dropout 1 {"least":0,"most":1,"open":"most"} linear 
      --over: "dropout=-1..x" cannot be searched: dropout takes a range low..high, or values separated by /, each a number at least 0 and below 1, such as dropout=0..0.7
      mlp 0.5 {"kind":"range","low":0,"high":0.7,"scale":"linear"} has no dropout layer
      simple-cnn 0.5 {"kind":"range","low":0,"high":0.7,"scale":"linear"} 
      weight-sharing-auxiliary 0.5 {"kind":"range","low":0,"high":0.7,"scale":"linear"} 
      one-by-one 0.5 {"kind":"range","low":0,"high":0.7,"scale":"linear"} 
      best 0.1 {"kind":"range","low":0,"high":0.7,"scale":"linear"} 
    auxiliary weight 1 --auxiliary-weight 1 {"least":0,"most":1000,"open":"least"} log 
      --over: "auxiliary-weight=-1..x" cannot be searched: auxiliary-weight takes a range low..high, or values separated by /, each a number above 0 and at most 1000, such as auxiliary-weight=0.05..5
      mlp 0 {"kind":"range","low":0,"high":0,"scale":"log"} has no auxiliary loss
      simple-cnn 0 {"kind":"range","low":0,"high":0,"scale":"log"} has no auxiliary loss
      weight-sharing-auxiliary 0.5 {"kind":"range","low":0.05,"high":5,"scale":"log"} 
      one-by-one 0.5 {"kind":"range","low":0.05,"high":5,"scale":"log"} has no other loss, and the scale of a loss makes no difference to adam
      best 1 {"kind":"range","low":0.1,"high":10,"scale":"log"} 
    weight decay 1 --weight-decay 1 {"least":0,"most":1000} log 
      --over: "weight-decay=-1..x" cannot be searched: weight-decay takes a range low..high, or values separated by /, each a number from 0 to 1000, such as weight-decay=0.000001..0.01
      mlp 0 {"kind":"range","low":0.000001,"high":0.01,"scale":"log"} 
      simple-cnn 0 {"kind":"range","low":0.000001,"high":0.01,"scale":"log"} 
      weight-sharing-auxiliary 0 {"kind":"range","low":0.000001,"high":0.01,"scale":"log"} 
      one-by-one 0 {"kind":"range","low":0.000001,"high":0.01,"scale":"log"} 
      best 0.03 {"kind":"range","low":0.001,"high":1,"scale":"log"} 
    momentum 1 --momentum 1 {"least":0,"most":1,"open":"most"} log of rest 
      --over: there is no momentum to search: weight-sharing-auxiliary is trained by adam, which has none
      mlp 0 {"kind":"range","low":0.5,"high":0.99,"scale":"log of rest"} is trained by adam, which has none
      simple-cnn 0.9 {"kind":"range","low":0.5,"high":0.99,"scale":"log of rest"} 
      weight-sharing-auxiliary 0 {"kind":"range","low":0.5,"high":0.99,"scale":"log of rest"} is trained by adam, which has none
      one-by-one 0 {"kind":"range","low":0.5,"high":0.99,"scale":"log of rest"} is trained by adam, which has none
      best 0 {"kind":"range","low":0.5,"high":0.99,"scale":"log of rest"} is trained by adamw, which has none
    label smoothing 1 --label-smoothing 1 {"least":0,"most":1,"open":"most"} linear 
      --over: "label-smoothing=-1..x" cannot be searched: label-smoothing takes a range low..high, or values separated by /, each a number at least 0 and below 1, such as label-smoothing=0..0.3
      mlp 0 {"kind":"range","low":0,"high":0.3,"scale":"linear"} has no loss on classes to smooth
      simple-cnn 0 {"kind":"range","low":0,"high":0.3,"scale":"linear"} has no loss on classes to smooth
      weight-sharing-auxiliary 0 {"kind":"range","low":0,"high":0.3,"scale":"linear"} 
      one-by-one 0 {"kind":"range","low":0,"high":0.3,"scale":"linear"} 
      best 0.05 {"kind":"range","low":0,"high":0.3,"scale":"linear"} 
    optimizer 1 --optimizer 1 ["adam","adamw","sgd","rmsprop","lion","muon"] linear true
      --over: "optimizer=-1..x" cannot be searched: optimizer takes a range low..high, or values separated by /, each one of adam, adamw, sgd, rmsprop, lion, muon, such as optimizer=adam/adamw/sgd/rmsprop/lion/muon
      mlp adam {"kind":"choices","values":["adam","adamw","sgd","rmsprop","lion","muon"]} 
      simple-cnn sgd {"kind":"choices","values":["adam","adamw","sgd","rmsprop","lion","muon"]} 
      weight-sharing-auxiliary adam {"kind":"choices","values":["adam","adamw","sgd","rmsprop","lion","muon"]} 
      one-by-one adam {"kind":"choices","values":["adam","adamw","sgd","rmsprop","lion","muon"]} 
      best adamw {"kind":"choices","values":["adam","adamw","sgd","rmsprop","lion","muon"]} 
    schedule 1 --schedule 1 ["constant","step","cosine","one-cycle"] linear true
      --over: "schedule=-1..x" cannot be searched: schedule takes a range low..high, or values separated by /, each one of constant, step, cosine, one-cycle, such as schedule=constant/step/cosine/one-cycle
      mlp constant {"kind":"choices","values":["constant","step","cosine","one-cycle"]} 
      simple-cnn constant {"kind":"choices","values":["constant","step","cosine","one-cycle"]} 
      weight-sharing-auxiliary constant {"kind":"choices","values":["constant","step","cosine","one-cycle"]} 
      one-by-one constant {"kind":"choices","values":["constant","step","cosine","one-cycle"]} 
      best one-cycle {"kind":"choices","values":["constant","step","cosine","one-cycle"]} 
    epochs 1 --epochs 1 {"least":1,"most":100000,"whole":true} log true
      --over: "epochs=-1..x" cannot be searched: epochs takes a range low..high, or values separated by /, each a whole number from 1 to 100000, such as epochs=13/25/50
      mlp 25 {"kind":"choices","values":[13,25,50]} 
      simple-cnn 25 {"kind":"choices","values":[13,25,50]} 
      weight-sharing-auxiliary 25 {"kind":"choices","values":[13,25,50]} 
      one-by-one 25 {"kind":"choices","values":[13,25,50]} 
      best 80 {"kind":"choices","values":[40,80,160]} 
    learningRate,batchSize,weightDecay
    learningRate,batchSize,dropout,weightDecay,momentum
    learningRate,batchSize,dropout,auxiliaryWeight,weightDecay,labelSmoothing
    learningRate,batchSize,dropout,weightDecay,labelSmoothing
    learningRate,batchSize,dropout,auxiliaryWeight,weightDecay,labelSmoothing
    "
  `);
});
