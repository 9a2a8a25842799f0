import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Answer, Found, Request } from "./child.js";

/** A batch that takes longer, in ms, has an input that does not end: each takes a second at most. */
const PATIENCE = 60_000;
/** Megabytes of JavaScript's heap; more than any input needs. */
const HEAP = 256;

/** A process that tries inputs, and another one when it has ended. */
export class Hand {
  #child: ChildProcess | undefined;

  /** Has inputs tried; the one that a process does not come back from is a finding. */
  async try(request: Request): Promise<Answer> {
    const answer = await this.#ask(request);
    if (typeof answer !== "string") return answer;
    if (request.count === 1) {
      const found: Found = { index: request.from, what: answer, input: request.input ?? "" };
      return { accepted: 0, refused: 0, found: [found], slowest: PATIENCE, peakBytes: 0 };
    }
    const half = Math.ceil(request.count / 2);
    const first = await this.try({ ...request, count: half });
    const second = await this.try({ ...request, from: request.from + half, count: request.count - half });
    return {
      accepted: first.accepted + second.accepted,
      refused: first.refused + second.refused,
      found: [...first.found, ...second.found],
      slowest: Math.max(first.slowest, second.slowest),
      peakBytes: Math.max(first.peakBytes, second.peakBytes),
    };
  }

  async end(): Promise<void> {
    const child = this.#child;
    if (!child?.connected) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await ended;
  }

  /** @returns why there is no answer, where there is none */
  #ask(request: Request): Promise<Answer | string> {
    this.#child ??= fork(fileURLToPath(new URL("child.js", import.meta.url)), {
      execArgv: [`--max-old-space-size=${HEAP}`, "--max-semi-space-size=8"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const child = this.#child;
    return new Promise((resolve) => {
      const done = (answer: Answer | string) => {
        clearTimeout(timer);
        child.removeAllListeners("message").removeAllListeners("exit");
        if (typeof answer === "string") this.#child = undefined;
        resolve(answer);
      };
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        done(`no end within ${PATIENCE / 1000} s`);
      }, PATIENCE);
      child.once("message", (answer: Answer) => done(answer));
      child.once("exit", (code, signal) => done(`the process ended (${signal ?? code})`));
      child.send(request);
    });
  }
}
