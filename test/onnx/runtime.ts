/** What is used of ONNX Runtime here, so that nothing else of the project needs its types. */
export interface Runtime {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly InferenceSession: { create(model: Uint8Array): Promise<Session> };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => object;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    inputs: Readonly<Record<string, object>>,
  ): Promise<Readonly<Record<string, { readonly data: ArrayLike<number>; readonly dims: readonly number[] }>>>;
  release(): Promise<void>;
}

/** The elements and the shape of each output, by its name. */
export type Answers = Readonly<Record<string, { readonly data: ArrayLike<number>; readonly dims: readonly number[] }>>;

/** So many images go in at once, and fewer the last time: their number is the only size of a graph that is free. */
const BATCH = 64;

/**
 * What a graph gives for images.
 *
 * @param inputs  each [images, ...shape]
 * @param shape   of one image: [channels, height, width]
 */
export async function answersOf(
  { InferenceSession, Tensor }: Runtime,
  model: Uint8Array,
  inputs: Readonly<Record<string, Float32Array>>,
  shape: readonly number[],
): Promise<Answers> {
  const session = await InferenceSession.create(model);
  const size = shape.reduce((product, length) => product * length, 1);
  const count = (Object.values(inputs)[0]?.length ?? 0) / size;
  const answers: Record<string, { data: number[]; dims: readonly number[] }> = {};
  for (let start = 0; start < count; start += BATCH) {
    const end = Math.min(start + BATCH, count);
    const tensors = Object.entries(inputs).map(([name, pixels]) => [
      name,
      new Tensor("float32", pixels.subarray(start * size, end * size), [end - start, ...shape]),
    ]);
    for (const [name, { data, dims }] of Object.entries(await session.run(Object.fromEntries(tensors)))) {
      const before = answers[name]?.data ?? [];
      for (let i = 0; i < data.length; i++) before.push(Number(data[i]));
      answers[name] = { data: before, dims: [count, ...dims.slice(1)] };
    }
  }
  await session.release();
  return answers;
}
