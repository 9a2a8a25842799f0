import { type Signal, signal } from "@preact/signals";
import type { ArchitectureComparison, ComparedVariant } from "../../core/experiments/compare/comparison.js";
import type { RunRecord } from "../../core/index.js";
import type { StoredGroup } from "../../core/runs/store-document.js";
import { ownOf } from "../address/networks.js";
import type { NetworkSummary } from "../analysis/summary.js";
import type { AnalysisMethods } from "../analysis/worker.js";
import type { KeptRun } from "../kept/kept-runs.js";
import { WorkerClient } from "../workers/client.js";
import { LatestWins } from "../workers/latest-wins.js";

let client: WorkerClient<AnalysisMethods> | undefined;

/** The worker for statistics. It is started when it is first needed. */
function analyst(): WorkerClient<AnalysisMethods> {
  if (!client || client.ended) client = new WorkerClient("analysis");
  return client;
}

/** An answer that comes later to a question about records. A question that is followed by another may get no answer. */
class Answer<Question, Value> {
  readonly value: Signal<Value | undefined> = signal(undefined);
  #asked = "";
  readonly #queue = new LatestWins();

  constructor(readonly answer: (question: Question) => Promise<Value>) {}

  /** @param key  equal for equal questions */
  ask(key: string, question: Question): void {
    if (key === this.#asked) return;
    this.#asked = key;
    this.#queue.ask(async () => {
      const value = await this.answer(question).catch(() => undefined);
      if (value !== undefined) this.value.value = value;
    });
  }
}

interface Rounds {
  readonly records: readonly RunRecord[];
  readonly seed: number;
}

/** One network's errors over its rounds so far. */
export const newSummary = (): Answer<Pick<Rounds, "records">, NetworkSummary> =>
  new Answer(({ records }) =>
    analyst().call("summarize", { runs: records.map(({ epochs: _, ...summary }) => summary) }),
  );

/** Several networks compared over rounds that all have. */
export const newComparison = (): Answer<Rounds & { readonly networks: readonly string[] }, ArchitectureComparison> =>
  new Answer(({ networks, records, seed }) => compareInWorker(networks, records, seed));

/** Networks, or groups of runs, compared over rounds that all have. @param seed  of the first round */
export async function compareInWorker(
  compared: readonly (string | ComparedVariant)[],
  records: readonly RunRecord[],
  seed: number,
): Promise<ArchitectureComparison> {
  const [first] = records;
  if (!first) throw new Error("nothing is compared");
  const { dataset, engine } = first.config;
  const context = { rounds: records.length / compared.length, seed, dataset, engine: { ...engine, workers: 1 } };
  const own = ownOf(compared.map((each) => (typeof each === "string" ? each : each.architecture)));
  return analyst().call("compare", { compared, own, records, context });
}

/** Runs that were trained in this browser, as a run store lists its own. */
export function groupInWorker(runs: readonly KeptRun[]): Promise<StoredGroup[]> {
  const records = runs.map(({ record: { epochs: _, ...summary } }) => summary);
  const used = new Map(runs.map(({ record, at }) => [record.id, at]));
  const names = [...new Set(records.map(({ architecture }) => architecture))];
  return analyst().call("group", { records, used, own: ownOf(names) });
}
