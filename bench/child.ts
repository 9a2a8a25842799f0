import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";

const Refusal = z.object({ error: z.string() });
const Greeting = z.object({ ready: z.literal(true) });

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Settings of the caller's own that would change how fast a program is. */
const TUNING = /^(OMP_|OPENBLAS_|MKL_|GOMP_|MALLOC_|LD_PRELOAD$|NODE_OPTIONS$)/;

/** A program that is asked and answers in lines of JSON. Its first line says that it is ready. */
export class Child {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #write: (line: string) => void;

  private constructor({ command, args, env }: Program) {
    const inherited = Object.entries(process.env).filter(([name]) => !TUNING.test(name));
    const child = spawn(command, args, {
      env: { ...Object.fromEntries(inherited), PYTHONDONTWRITEBYTECODE: "1", ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#process = child;
    // A program that has ended is noticed when its answer is missing.
    child.on("error", () => {});
    child.stdin.on("error", () => {});
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.#write = (line) => child.stdin.write(`${line}\n`);
  }

  static async start(program: Program): Promise<Child> {
    const child = new Child(program);
    await child.#answer(Greeting);
    return child;
  }

  /** @throws the program's own words, when it answers that it cannot. */
  async ask<Answer>(request: unknown, answer: z.ZodType<Answer>): Promise<Answer> {
    this.#write(JSON.stringify(request));
    return this.#answer(answer);
  }

  stop(): void {
    this.#process.kill();
  }

  async #answer<Answer>(schema: z.ZodType<Answer>): Promise<Answer> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#process.spawnargs.slice(0, 2).join(" ")} ended early`);
    const answer: unknown = JSON.parse(value);
    const refusal = Refusal.safeParse(answer);
    if (refusal.success) throw new Refused(refusal.data.error);
    return schema.parse(answer);
  }
}

/** A program's answer that it cannot do what it is asked. */
export class Refused extends Error {
  override name = "Refused";
}
