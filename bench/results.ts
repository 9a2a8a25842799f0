import { writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import type { Result } from "./race.js";

/** Contestants by their names. */
type ByName<Value> = Readonly<Record<string, Value>>;

/** What `npm run bench` found; `results.json` is one of these. Times are milliseconds of a training epoch. */
export interface Results {
  readonly date: string;
  readonly machine: { readonly processor: string; readonly cores: number; readonly memoryGiB: number };
  readonly versions: ByName<string>;
  /** The races, by architecture. */
  readonly races?: ByName<ByName<Omit<Result, "name">>>;
  /** The sums of contestants that ran every raced architecture. */
  readonly sums?: ByName<Sum>;
  readonly paper?: PaperSummary;
}

/** Medians summed over the architectures, and that sum as a multiple of this engine's. */
export interface Sum {
  readonly milliseconds: number;
  readonly timesBase: number;
  readonly timesFused: number;
}

export interface PaperSummary {
  readonly rounds: number;
  readonly runs: readonly PaperRun[];
  /** Seconds of one worker over seconds of all, for each build. */
  readonly scaling: ByName<number>;
  /** Seconds of PyTorch on all cores over this engine's on all cores, for each build. */
  readonly pytorchTimes: ByName<number>;
}

/** The paper's experiment, done once. */
export interface PaperRun {
  readonly name: string;
  /** Cores at work: worker threads of pairlab, processes of PyTorch. */
  readonly cores: number;
  /** The time from the start of the command to its end. */
  readonly seconds: number;
  /** Mean over rounds of the last epoch's test error, for each architecture: fractions of pairs. */
  readonly testErrors: Readonly<Record<string, number>>;
}

/** Sums over races in which the same contestants took part. */
export function sumsOf(races: ReadonlyMap<string, readonly Result[]>): ByName<Sum> {
  const all = [...races.values()];
  const names = all[0]?.map(({ name }) => name) ?? [];
  const totals = new Map<string, number>();
  for (const name of names) {
    const medians = all.map((results) => results.find((result) => result.name === name));
    if (medians.every((result) => result !== undefined && "median" in result))
      totals.set(
        name,
        medians.reduce((sum, result) => sum + result.median, 0),
      );
  }
  const times = (total: number, of: string) => total / (totals.get(of) ?? Number.NaN);
  return Object.fromEntries(
    [...totals].map(([name, milliseconds]) => [
      name,
      {
        milliseconds,
        timesBase: times(milliseconds, "pairlab base"),
        timesFused: times(milliseconds, "pairlab fused"),
      },
    ]),
  );
}

export function summarizePaper(rounds: number, runs: readonly PaperRun[]): PaperSummary {
  const fewest = Math.min(...runs.map(({ cores }) => cores));
  const most = Math.max(...runs.map(({ cores }) => cores));
  const seconds = (name: string, cores: number) =>
    runs.find((run) => run.name === name && run.cores === cores)?.seconds;
  const builds = ["pairlab base", "pairlab fused"];
  const ratios = (of: (build: string) => readonly [number | undefined, number | undefined]) =>
    Object.fromEntries(
      builds.flatMap((build) => {
        const [above, below] = of(build);
        return above !== undefined && below !== undefined ? [[build, above / below] as const] : [];
      }),
    );
  return {
    rounds,
    runs,
    scaling: ratios((build) => [seconds(build, fewest), seconds(build, most)]),
    pytorchTimes: ratios((build) => [seconds("PyTorch best", most), seconds(build, most)]),
  };
}

export function machine(): Results["machine"] {
  const processors = cpus();
  return { processor: processors[0]?.model.trim() ?? "unknown", cores: processors.length, memoryGiB: gibibytes() };
}

const gibibytes = (): number => Math.round(totalmem() / 2 ** 30);

export async function writeResults(file: string, results: Results): Promise<void> {
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
}
