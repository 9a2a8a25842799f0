import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Small, withoutTimes } from "./commands.js";
import { type Outcome, run } from "./program.js";

/** A kind of fault: how often it was tried, and what went wrong. */
export interface Row {
  readonly what: string;
  readonly tried: number;
  /** A line each. */
  readonly fell: readonly string[];
  /** Why it was not tried, or another remark. */
  readonly remark?: string;
}

/** The means with which a fault is tried. */
export interface Ground {
  /** An empty folder of its own. */
  readonly folder: string;
  readonly commands: readonly Small[];
  /** The document of each undisturbed command, by name, without times. */
  readonly documents: ReadonlyMap<string, unknown>;
  /** The folder with the complete store of each, in `NAME/`. They are copied. */
  readonly complete: string;
  readonly seed: number;
}

export type Fault = (ground: Ground) => Promise<Row>;

/** Runs each command in a store of its own, in `NAME/`, and returns the documents. The complete stores stay. */
export async function documentsOf(commands: readonly Small[], folder: string): Promise<Map<string, unknown>> {
  const documents = new Map<string, unknown>();
  for (const small of commands) {
    await mkdir(join(folder, small.name), { recursive: true });
    const outcome = await run(small.in(join(folder, small.name)));
    if (outcome.code !== 0) throw new Error(`${small.name} fails where nothing is wrong: ${outcome.stderr.trimEnd()}`);
    documents.set(small.name, withoutTimes(outcome.stdout));
  }
  return documents;
}

/** The difference of a command's outcome from the undisturbed one, in at most one line. */
export function notAsUsual({ name }: Small, outcome: Outcome, { documents }: Ground): string[] {
  if (outcome.code !== 0)
    return [`${name}: exit code ${outcome.code ?? outcome.signal}: ${outcome.stderr.trimEnd().split("\n").at(-1)}`];
  return isDeepStrictEqual(withoutTimes(outcome.stdout), documents.get(name)) ? [] : [`${name}: another result`];
}
