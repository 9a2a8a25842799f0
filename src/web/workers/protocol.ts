/** The methods of a worker. A method takes one plain value, may report on the way, and returns plain data or a promise of it. */
// biome-ignore lint/suspicious/noExplicitAny: each worker's methods have types of their own, which the client's callers see
export type Methods = Readonly<Record<string, (argument: any, report: (progress: any) => void) => unknown>>;

export type ArgumentOf<Method> = Method extends (argument: infer Argument, ...others: never[]) => unknown
  ? Argument
  : never;
export type ProgressOf<Method> = Method extends (argument: never, report: (progress: infer Progress) => void) => unknown
  ? Progress
  : never;
export type AnswerOf<Method extends (...parameters: never[]) => unknown> = Received<Awaited<ReturnType<Method>>>;
type Received<Answer> = Answer extends Transferred<infer Value> ? Value : Answer;

/** An answer with buffers that are transferred instead of copied. */
export class Transferred<Value> {
  constructor(
    readonly value: Value,
    readonly buffers: readonly ArrayBuffer[],
  ) {}
}

export interface Call {
  readonly call: number;
  readonly method: string;
  readonly argument: unknown;
}

/** A message of a worker: that it holds the lock by which its end is noticed, or something about a call. */
export type Said =
  | { readonly holds: true }
  | { readonly call: number; readonly progress: unknown }
  | { readonly call: number; readonly answer: unknown }
  | { readonly call: number; readonly failure: string };
