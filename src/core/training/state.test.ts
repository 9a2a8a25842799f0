import { expect, test } from "vitest";
import { newKernels } from "../../../test/support/kernels.js";
import { randomPairs } from "../../../test/support/models.js";
import { lessOrEqual } from "../data/index.js";
import type { Model } from "../engine/index.js";
import { OPTIMIZERS } from "../engine/optimizers/registry.js";
import { encodeSafetensors } from "../formats/index.js";
import {
  batchNorm,
  convolution,
  cosine,
  difference,
  dropout,
  flatten,
  type InputSpec,
  linear,
  matching,
  maxPool,
  type Network,
  normalize,
  product,
  relu,
  squaredDistance,
} from "../network/index.js";
import type { LoopSettings } from "./loop-settings.js";
import type { TrainingState } from "./state.js";
import { train } from "./train.js";

const input: InputSpec = { height: 8, width: 6, channels: 3, classes: 3 };
const drawn = randomPairs(input, 11, 1);
/** Pairs that are made anew have the targets of their relation. */
const targets = drawn.targets.map((_, pair) =>
  Number(lessOrEqual.holds(drawn.classes[2 * pair] ?? 0, drawn.classes[2 * pair + 1] ?? 0)),
);
const pairs = { train: { ...drawn, targets }, test: randomPairs(input, 5, 2), relation: lessOrEqual };
const settings: LoopSettings = { epochs: 4, batchSize: 4, learningRate: 0.01, dropout: 0.3, evaluate: "epoch" };

/** Networks whose tensors have padding of every kind: channels, panels, rows, statistics. */
const networks: [string, Network][] = [
  [
    "fused blocks",
    {
      trunk: [convolution(5, 3, { padding: 1 }), batchNorm(), maxPool(2), relu(), flatten(), linear(3)],
      head: [linear(9), batchNorm(), dropout(), relu(), linear(2)],
      auxiliaryWeight: 1,
    },
  ],
  [
    "layers that are not fused",
    {
      trunk: [dropout(0.1), batchNorm(), convolution(9, 3, { stride: 2 }), relu(), batchNorm(), flatten()],
      head: [batchNorm(), linear(2)],
    },
  ],
  [
    "Winograd",
    {
      trunk: [convolution(12, 1), convolution(12, 3, { padding: 1 }), batchNorm(), relu(), flatten()],
      head: [linear(2)],
    },
  ],
  [
    "sparse products",
    { trunk: [], head: [flatten(), dropout(), linear(70), relu(), dropout(), linear(67), relu(), linear(2)] },
  ],
  ["a cosine, whose parameters are single numbers", { trunk: [flatten(), linear(5), normalize(1)], head: [cosine()] }],
  [
    "distances, differences and products",
    {
      trunk: [flatten(), linear(10)],
      head: [matching(), linear(12), product(), difference(), linear(4), squaredDistance()],
    },
  ],
  [
    "only a trunk, without batch norm",
    { trunk: [convolution(3, 5), relu(), flatten(), linear(3)], head: [], auxiliaryWeight: 1 },
  ],
];

function run(network: Network, options: Partial<LoopSettings> = {}, kernels = newKernels()) {
  const loop = train(kernels, network, pairs, 1, { ...settings, ...options });
  const states: TrainingState[] = [];
  let step = loop.next();
  for (; !step.done; step = loop.next()) states.push(step.value.state());
  return { states, model: step.value.model };
}

/** A model's tensors or their gradients as they lie in memory, padding included. */
const memory = ({ kernels, tensors }: Model, of: "values" | "gradients" = "values") =>
  [...tensors.parameters, ...tensors.buffers].map((tensor) => {
    const { buffer, byteOffset, byteLength } = kernels.floats(tensor[of], tensor[of] ? tensor.room : 0);
    return [tensor.name, Buffer.from(buffer, byteOffset, byteLength).toString("base64")];
  });

const bytesOf = ({ tensors }: TrainingState) => Buffer.from(encodeSafetensors(tensors)).toString("base64");

test.each(networks)(
  "a state in PyTorch's order loses nothing that decides a bit, padding included: %s",
  (_, network) => {
    const { states, model } = run(network);
    expect(states.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    for (const from of states.slice(0, -1)) {
      const resumed = run(network, { from });
      expect(memory(resumed.model)).toEqual(memory(model));
      expect(resumed.model.batchesTracked).toBe(model.batchesTracked);
      expect(resumed.states.map(bytesOf)).toEqual(states.slice(from.epoch).map(bytesOf));
    }
  },
);

test.each<[string, Partial<LoopSettings>]>([
  ["augmented", { augmentation: { rotation: 20, elastic: 0.5, noise: 4 } }],
  ["swapped", { pairing: "swapped" }],
  ["shuffled, with partners", { pairing: "shuffled", partners: 3 }],
  ["augmented and shuffled", { augmentation: { shift: 1, thickness: 0.5 }, pairing: "shuffled" }],
])("training on pairs that change goes on to the same bits: %s", (_, changes) => {
  for (const [, network] of networks.slice(0, 2)) {
    const { states, model } = run(network, changes);
    expect(memory(model)).not.toEqual(memory(run(network).model));
    for (const from of states.slice(0, -1)) {
      const resumed = run(network, { ...changes, from });
      expect(memory(resumed.model)).toEqual(memory(model));
      expect(resumed.states.map(bytesOf)).toEqual(states.slice(from.epoch).map(bytesOf));
    }
  }
});

test("a state of training on pairs that stay is refused where they change", () => {
  const [, network] = networks[0] as [string, Network];
  const from = run(network, { epochs: 1 }).states[0] as TrainingState;
  expect(() => run(network, { from, augmentation: { shift: 1 } })).toThrow(
    'checkpoint: there is no tensor "augmentation.state"',
  );
});

const trainings: Partial<LoopSettings>[] = [
  ...OPTIMIZERS.map((optimizer) => ({ optimizer, weightDecay: 0.01 })),
  { optimizer: "sgd", momentum: 0 },
  { optimizer: "sgd", nesterov: true, schedule: "step" },
  { schedule: "one-cycle", clipNorm: 0.5 },
  { schedule: "cosine", weightAverage: 0.9 },
  { optimizer: "lion", weightAverage: 0, evaluate: "end" },
];

test.each(trainings)("training goes on to the same bits, whatever it is that trains: %j", (options) => {
  const [, network] = networks[0] as [string, Network];
  const { states, model } = run(network, options);
  expect(memory(model)).not.toEqual(memory(run(network).model));
  for (const from of states) {
    const resumed = run(network, { ...options, from });
    expect(memory(resumed.model)).toEqual(memory(model));
    expect(resumed.states.map(bytesOf)).toEqual(states.slice(from.epoch).map(bytesOf));
  }
});

test("a state with other slots than the optimizer's is refused", () => {
  const [, network] = networks[0] as [string, Network];
  const stateOf = (options: Partial<LoopSettings>) =>
    run(network, { ...options, epochs: 1 }).states[0] as TrainingState;
  expect(() => run(network, { from: stateOf({ optimizer: "sgd" }) })).toThrow(
    'checkpoint: there is no tensor "optimizer.first.trunk.0.weight", F32 [5,3,3,3]',
  );
  expect(() => run(network, { optimizer: "lion", from: stateOf({}) })).toThrow(
    'checkpoint: the network has no tensor "optimizer.second.trunk.0.weight"',
  );
  expect(() => run(network, { from: stateOf({ weightAverage: 0.5 }) })).toThrow(
    'checkpoint: the network has no tensor "average.trunk.0.weight"',
  );
  expect(() => run(network, { weightAverage: 0.5, from: stateOf({}) })).toThrow(
    'checkpoint: there is no tensor "average.trunk.0.weight", F32 [5,3,3,3]',
  );
});

test("a state holds the moments that Adam's definition gives", () => {
  const network = { trunk: [], head: [flatten(), linear(2)] };
  const { states, model } = run(network, { epochs: 1, batchSize: 11 });
  const find = (name: string) => states[0]?.tensors.find((tensor) => tensor.name === name)?.data as Float32Array;
  // After one step m = (1 − β₁)g and v = (1 − β₂)g².
  for (const parameter of model.tensors.parameters) {
    const gradient = parameter.read(model.kernels, "gradients");
    const [first, second] = [find(`optimizer.first.${parameter.name}`), find(`optimizer.second.${parameter.name}`)];
    expect(first.length).toBe(gradient.length);
    gradient.forEach((g, e) => {
      expect(Math.abs((first[e] as number) - 0.1 * g)).toBeLessThanOrEqual(1e-6 * Math.abs(g));
      expect(Math.abs((second[e] as number) - 0.001 * g * g)).toBeLessThanOrEqual(1e-6 * g * g);
    });
  }
});

test("training goes on from its last epoch to more epochs", () => {
  const [, network] = networks[0] as [string, Network];
  const from = run(network, { epochs: 2 }).states[1] as TrainingState;
  expect(memory(run(network, { from }).model)).toEqual(memory(run(network).model));
});

test("a training that is done gives its model at once, whatever its memory held", () => {
  const [, network] = networks[0] as [string, Network];
  const kernels = newKernels();
  const { states, model } = run(network, {}, kernels);
  const before = memory(model);
  const resumed = run(network, { from: states[3] as TrainingState }, kernels);
  expect(resumed.states).toEqual([]);
  expect(memory(resumed.model)).toEqual(before);
});

test.each<[string, (state: TrainingState) => TrainingState, string]>([
  ["more epochs than there are", (state) => ({ ...state, epoch: 5 }), "checkpoint: after epoch 5, but there are 4"],
  ["part of an epoch", (state) => ({ ...state, epoch: 0.5 }), "checkpoint: after epoch 0.5, but there are 4"],
  ["another epoch", (state) => ({ ...state, epoch: 2 }), "checkpoint: 3 steps, but 2 epochs of these pairs take 6"],
])("a state of %s is refused", (_, change, message) => {
  const [, network] = networks[0] as [string, Network];
  const from = change(run(network, { epochs: 1 }).states[0] as TrainingState);
  expect(() => run(network, { from })).toThrow(message);
});

test("a state of another network is refused", () => {
  const [fused, single] = networks as [[string, Network], [string, Network]];
  const from = run(fused[1], { epochs: 1 }).states[0] as TrainingState;
  expect(() => run(single[1], { from })).toThrow('checkpoint: tensor "trunk.1.weight" has shape [5], not [3]');
});
