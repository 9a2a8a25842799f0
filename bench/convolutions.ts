/**
 * How fast padded 3×3 convolutions are on one thread: 100 images forward and backward (input and weight gradient), by
 * patches and by Winograd, in both builds, and in PyTorch where there is one, taking turns so that all meet the same machine.
 *
 *   npm run build && tsc -b bench
 *   node dist/bench/convolutions.js               16, 32 and 64 channels over 14×14 and 7×7 maps
 *   node dist/bench/convolutions.js 8x14 32x5 …   CHANNELSxSIDE
 *
 * Effective GFLOP/s: the operations of the convolution's definition, 3 · 2 · 9 · channels² · pixels, by the time. Winograd
 * does fewer.
 */
import { cpus } from "node:os";
import { convolution, flatten, layersOf, lessOrEqual, linear, median, placeNetwork } from "pairlab";
import { loadKernels, type Simd } from "pairlab/node";
import type { ConvolutionContext, ConvolutionMethod } from "../src/core/engine/convolution/method.js";
import { startPyTorch } from "./convolutions-pytorch.js";

const IMAGES = 100;
const WARM_UP = 4;
const COUNTED = 21;

// The package exports no operations, so they are imported from the build.
const engine = <Module>(file: string): Promise<Module> =>
  import(new URL(`../core/engine/${file}`, import.meta.url).href);
const { Kernels } = await engine<typeof import("../src/core/engine/kernels.js")>("kernels.js");
const { allocateActivations } = await engine<typeof import("../src/core/engine/activations.js")>("activations.js");
const { inOrder, TensorSpace } = await engine<typeof import("../src/core/engine/parameters.js")>("parameters.js");
type Choose = typeof import("../src/core/engine/convolution/choose.js");
const { convolutionContext } = await engine<Choose>("convolution/choose.js");
type Patches = typeof import("../src/core/engine/convolution/patches.js");
const { PatchConvolution } = await engine<Patches>("convolution/patches.js");
type Winograd = typeof import("../src/core/engine/convolution/winograd.js");
const { WinogradConvolution } = await engine<Winograd>("convolution/winograd.js");
type Variants = typeof import("../src/core/engine/convolution/winograd-variant.js");
const { winogradVariants } = await engine<Variants>("convolution/winograd-variant.js");

interface Shape {
  readonly channels: number;
  /** Height and width of the maps. */
  readonly side: number;
}

interface Contestant {
  readonly name: string;
  /** Runs the batch forward and backward, and gives its milliseconds. */
  batch(): Promise<number>;
}

function contestant(
  name: string,
  simd: Simd,
  { channels, side }: Shape,
  make: (context: ConvolutionContext) => ConvolutionMethod,
): Contestant {
  const kernels = new Kernels(loadKernels(simd));
  const tensors = new TensorSpace();
  const layer = convolution(channels, 3, { padding: 1 });
  const network = { trunk: [layer, flatten()], head: [linear(2)] };
  const [placed] = layersOf(placeNetwork(network, { height: side, width: side, channels, classes: 2 }));
  if (!placed || layer.kind !== "convolution") throw new Error("no convolution");
  const none = { dropout: 0, dropoutState: 0, relation: lessOrEqual };
  const build = { kernels, tensors, examples: IMAGES, ...none, shortcuts: [], zeros: kernels.allocate(32) };
  const input = allocateActivations(kernels, placed.input, IMAGES);
  const output = allocateActivations(kernels, placed.output, IMAGES);
  const request = { build, placed, layer, input, order: inOrder(side ** 2), normalized: true };
  const method = make(convolutionContext(request));
  tensors.place(kernels);
  const noise = (pointer: number, count: number) => {
    kernels.floats(pointer, count).forEach((_, i, floats) => {
      floats[i] = Math.random() - 0.5;
    });
  };
  noise(input.values, IMAGES * input.size);
  noise(output.gradients, IMAGES * output.size);
  noise(tensors.values, tensors.room);
  const groups = Array.from({ length: Math.ceil(IMAGES / method.group) }, (_, i) => i * method.group);
  const images = (first: number) => Math.min(method.group, IMAGES - first);
  return {
    name: `${name}, ${simd}`,
    async batch() {
      const started = performance.now();
      method.beginForward();
      for (const i of groups) method.forward(i, images(i), output.values + i * output.size * 4);
      method.beginBackward();
      for (const i of groups) method.backward(i, images(i), output.gradients + i * output.size * 4);
      method.endBackward();
      return performance.now() - started;
    },
  };
}

function engines(shape: Shape): Contestant[] {
  const builds: Simd[] = ["base", "fused"];
  const variants = winogradVariants.filter(({ taps }) => taps === 3);
  return [
    ...builds.map((simd) => contestant("patches", simd, shape, (context) => new PatchConvolution(context))),
    ...variants.flatMap((variant) =>
      builds.map((simd) => contestant("Winograd", simd, shape, (context) => new WinogradConvolution(context, variant))),
    ),
  ];
}

async function race(shape: Shape, contestants: readonly Contestant[]): Promise<void> {
  const times = contestants.map((): number[] => []);
  for (let turn = 0; turn < WARM_UP + COUNTED; turn++)
    for (const [i, { batch }] of contestants.entries()) {
      const milliseconds = await batch();
      if (turn >= WARM_UP) times[i]?.push(milliseconds);
    }
  const { channels, side } = shape;
  const operations = 3 * 2 * 9 * channels ** 2 * side ** 2 * IMAGES;
  const rate = (milliseconds: number) => (operations / milliseconds / 1e6).toFixed(0);
  console.log(`\n${channels}→${channels} at ${side}×${side}: effective GFLOP/s, median of ${COUNTED} (least–most)`);
  for (const [i, { name }] of contestants.entries()) {
    const own = times[i] ?? [];
    const range = `${rate(Math.max(...own))}–${rate(Math.min(...own))}`;
    console.log(`  ${name.padEnd(32)} ${rate(median(own)).padStart(4)} (${range})`);
  }
}

const asked = process.argv.slice(2).map((text): Shape => {
  const [channels, side] = text.split("x").map(Number);
  if (!channels || !side) throw new Error(`${text} is not CHANNELSxSIDE, such as 32x14`);
  return { channels, side };
});
const shapes =
  asked.length > 0 ? asked : [14, 7].flatMap((side) => [16, 32, 64].map((channels) => ({ channels, side })));

console.log(`Node.js ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, one thread`);
const pytorch = await startPyTorch();
if (!pytorch) console.log("no Python with PyTorch here: apt-get install -y python3-torch libopenblas0-pthread");
for (const shape of shapes) await race(shape, [...engines(shape), ...(pytorch?.contestants(shape) ?? [])]);
pytorch?.stop();
