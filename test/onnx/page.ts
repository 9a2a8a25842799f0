import { encodeOnnx, type OnnxOptions, type OnnxRun } from "pairlab";
import { type Answers, answersOf, type Runtime } from "./runtime.js";

/** Where the server has ONNX Runtime. */
const RUNTIME = "/runtime/ort.wasm.min.mjs";

/** A graph at the server, and the images that it is asked about. */
export interface Question {
  readonly model: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** [channels, height, width] of an image. */
  readonly shape: readonly number[];
}

/** What a graph gives in this page's ONNX Runtime, as JSON. */
export async function answersHere({ model, inputs, shape }: Question): Promise<string> {
  const runtime: Runtime = await import(/* @vite-ignore */ RUNTIME);
  runtime.env.wasm.numThreads = 1;
  const images = await Promise.all(
    Object.entries(inputs).map(async ([name, path]) => [name, new Float32Array((await load(path)).buffer)] as const),
  );
  const answers: Answers = await answersOf(runtime, await load(model), Object.fromEntries(images), shape);
  return JSON.stringify(answers);
}

/** The SHA-256 of a run's ONNX file, made in this page. */
export async function digestHere(record: OnnxRun["record"], weights: string, options: OnnxOptions): Promise<string> {
  const file = encodeOnnx({ record, weights: await load(weights) }, options);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function load(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
