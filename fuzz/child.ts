/** A process that tries inputs, so that one that never ends, or takes all memory, ends this process alone. */
import { peakBytes, ReadyPart } from "./trial.js";

/** Inputs of a part by their numbers, or one that was kept. */
export interface Request {
  readonly part: string;
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  /** In base64, in place of those. */
  readonly input?: string;
}

export interface Found {
  readonly index: number;
  readonly what: string;
  /** In base64. */
  readonly input: string;
}

export interface Answer {
  readonly accepted: number;
  readonly refused: number;
  readonly found: readonly Found[];
  /** In ms. */
  readonly slowest: number;
  readonly peakBytes: number;
}

const ready = new Map<string, ReadyPart>();

async function carryOut({ part, seed, from, count, input }: Request): Promise<Answer> {
  const opened = ready.get(part) ?? (await ReadyPart.open(part));
  ready.set(part, opened);
  const counts = { accepted: 0, refused: 0, finding: 0 };
  const found: Found[] = [];
  let slowest = 0;
  for (let index = from; index < from + count; index++) {
    const bytes = input === undefined ? opened.input(seed, index) : new Uint8Array(Buffer.from(input, "base64"));
    const { outcome, what = "", milliseconds } = await opened.try(bytes);
    counts[outcome]++;
    slowest = Math.max(slowest, milliseconds);
    if (outcome === "finding") found.push({ index, what, input: Buffer.from(bytes).toString("base64") });
  }
  return { accepted: counts.accepted, refused: counts.refused, found, slowest, peakBytes: peakBytes() };
}

process.on("message", async (request: Request) => {
  process.send?.(await carryOut(request));
});
process.on("disconnect", async () => {
  for (const opened of ready.values()) await opened.close();
  process.exit();
});
