import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenPart, Outcome } from "./part.js";
import { PARTS } from "./parts/index.js";
import { Random } from "./random.js";

/** No input takes longer, in ms of the processor's time: a machine that does something else meanwhile is not its fault. */
const MOST_MS = 1000;
/** Of memory that a process takes more for an input, beside twice the input itself. */
const MOST_BYTES = 2 ** 26;
/** What an input came to. */
export interface Trial {
  readonly outcome: Outcome | "finding";
  /** Of a finding, one line. */
  readonly what?: string;
  /** Of the processor's time. */
  readonly milliseconds: number;
}

/** A part that is ready, in a process of which it may take memory. */
export class ReadyPart {
  private constructor(
    readonly name: string,
    readonly part: OpenPart,
    readonly folder: string,
  ) {}

  static async open(name: string): Promise<ReadyPart> {
    const part = PARTS.find((each) => each.name === name);
    if (!part) throw new Error(`there is no part "${name}"`);
    const folder = await mkdtemp(join(tmpdir(), "pairlab-fuzz-"));
    return new ReadyPart(name, await part.open(folder), folder);
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  input(seed: number, index: number): Uint8Array {
    return this.part.make(new Random(seed, this.name, index));
  }

  /** @param timed  whether one that takes long, or much memory, is a finding; not where the process does something else, too */
  async try(input: Uint8Array, { timed = true } = {}): Promise<Trial> {
    if (!timed) return this.#once(input);
    const before = peakBytes();
    const trial = await this.#once(input);
    const grown = peakBytes() - before;
    const { outcome, milliseconds } = trial;
    if (outcome === "finding") return trial;
    if (milliseconds > MOST_MS) return { outcome: "finding", what: `${Math.round(milliseconds)} ms`, milliseconds };
    if (grown > MOST_BYTES + 2 * input.length)
      return { outcome: "finding", what: `${Math.round(grown / 2 ** 20)} MiB more memory`, milliseconds };
    return trial;
  }

  async #once(input: Uint8Array): Promise<Trial> {
    const started = process.cpuUsage();
    const milliseconds = () => {
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    };
    try {
      const outcome = await this.part.check(input);
      return { outcome, milliseconds: milliseconds() };
    } catch (error) {
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const [, place = ""] = (error instanceof Error ? error.stack?.split("\n    at ") : undefined) ?? [];
      const line = JSON.stringify(`${what.slice(0, 400)} (${place.trim()})`);
      return { outcome: "finding", what: line, milliseconds: milliseconds() };
    }
  }
}

/** The most memory that this process ever had. */
export const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;
