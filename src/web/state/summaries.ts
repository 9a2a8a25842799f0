import { type Signal, signal } from "@preact/signals";
import type { ArchitectureComparison } from "../../core/experiments/compare/comparison.js";
import type { RunRecord } from "../../core/index.js";
import { ownOf } from "../address/networks.js";
import type { NetworkSummary } from "../analysis/summary.js";
import type { AnalysisMethods } from "../analysis/worker.js";
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
  new Answer(({ networks, records, seed }) => {
    const [first] = records;
    if (!first) throw new Error("nothing is compared");
    const { dataset, engine } = first.config;
    const context = { rounds: records.length / networks.length, seed, dataset, engine: { ...engine, workers: 1 } };
    return analyst().call("compare", { networks, own: ownOf(networks), records, context });
  });
