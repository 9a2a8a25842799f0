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
  const tensors = Object.entries(inputs).map(([name, pixels]) => [
    name,
    new Tensor("float32", pixels, [pixels.length / size, ...shape]),
  ]);
  const answers = await session.run(Object.fromEntries(tensors));
  await session.release();
  return answers;
}
