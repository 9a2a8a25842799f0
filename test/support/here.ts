import type { Outcome } from "./pairlab.js";

type Commands = typeof import("../../src/node/cli/commands.js");
type Errors = typeof import("../../src/core/errors.js");
type Lines = typeof import("../../src/node/cli/terminal/lines.js");

const built = (path: string): Promise<unknown> => import(new URL(`../../dist/${path}`, import.meta.url).href);

/** One command line is carried out after the other. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * What the built program says to a command line, carried out in this process, which has read the images and the program before: a
 * process of its own takes a second or two of a processor's time for that. How a process ends, is interrupted and writes is tested
 * with `pairlab`, and so is what networks of one's own do, which stay in a process.
 *
 * @param cwd  the folder in which it runs; default: this one
 */
export function here(commandLine: readonly string[], cwd = process.cwd()): Promise<Outcome> {
  const outcome = turn.then(() => carriedOut(commandLine, cwd));
  turn = outcome.catch(() => {});
  return outcome;
}

async function carriedOut(commandLine: readonly string[], cwd: string): Promise<Outcome> {
  const { carryOut } = (await built("node/cli/commands.js")) as Commands;
  const { InvalidRequest } = (await built("core/errors.js")) as Errors;
  const { rendered } = (await built("node/cli/terminal/lines.js")) as Lines;
  const said = { stdout: "", stderr: "" };
  const before = process.cwd();
  const restore = (["stdout", "stderr"] as const).map((name) => {
    const { write } = process[name];
    process[name].write = (text: unknown, ...rest: unknown[]) => {
      said[name] += typeof text === "string" ? text : Buffer.from(text as Uint8Array).toString();
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    };
    return () => {
      process[name].write = write;
    };
  });
  try {
    process.chdir(cwd);
    const isUnderstood = await carryOut(commandLine);
    return { code: isUnderstood ? 0 : 2, ...said };
  } catch (error) {
    said.stderr += `${rendered(`error: ${(error as Error).message}`)}\n`;
    return { code: error instanceof InvalidRequest ? 2 : 1, ...said };
  } finally {
    process.chdir(before);
    for (const each of restore) each();
  }
}
