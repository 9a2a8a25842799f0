import { type Call, type Methods, type Said, Transferred } from "./protocol.js";

/** The part of a worker's global scope that is used here. */
interface Scope {
  readonly name: string;
  onmessage: ((event: MessageEvent<Call>) => void) | null;
  postMessage(message: Said, transfer?: readonly ArrayBuffer[]): void;
}

/**
 * Makes this worker answer calls. While it lives, it holds the lock with its name. A page that waits for the lock learns of the worker's
 * end, however it ended.
 */
export function serve(methods: Methods): void {
  const scope = globalThis as unknown as Scope;
  navigator.locks?.request(scope.name, () => {
    scope.postMessage({ holds: true });
    return new Promise(() => {});
  });
  scope.onmessage = async ({ data: { call, method, argument } }) => {
    try {
      const answer = await methods[method]?.(argument, (progress) => scope.postMessage({ call, progress }));
      if (answer instanceof Transferred) scope.postMessage({ call, answer: answer.value }, answer.buffers);
      else scope.postMessage({ call, answer });
    } catch (error) {
      scope.postMessage({ call, failure: error instanceof Error ? error.message : String(error) });
    }
  };
}
