import { afterEach, expect, test, vi } from "vitest";
import { asDiverged } from "../../../test/support/diverged.js";
import { syntheticRuns } from "../../../test/support/stored.js";
import { stringifyJson } from "../../core/formats/json.js";
import type { FinishedRun } from "../../core/index.js";
import { fetchStoredRecord, fetchStoredRun } from "./fetch-run.js";

const STORE = new URL("http://127.0.0.1:8414/api/runs");
const [run] = syntheticRuns() as [FinishedRun];
const { id } = run.record;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A server that has these texts and bytes at these addresses, and else refuses. */
function serving(answers: Readonly<Record<string, BodyInit>>): void {
  vi.stubGlobal("fetch", async (address: URL) => {
    const body = answers[address.href];
    return body === undefined ? Response.json({ error: `no finished run` }, { status: 404 }) : new Response(body);
  });
}

test("a run's record and weights come as they were kept", async () => {
  serving({ [`${STORE}/${id}`]: stringifyJson(run.record), [`${STORE}/${id}/weights`]: run.weights });
  const { record, weights } = await fetchStoredRun(STORE, id);
  expect(record).toEqual(run.record);
  expect(new Uint8Array(await weights.arrayBuffer())).toEqual(run.weights);
});

test("errors that a run does not have, because it diverged, come back as none", async () => {
  const diverged = asDiverged(run.record);
  serving({ [`${STORE}/${id}`]: stringifyJson(diverged) });
  expect(await fetchStoredRecord(STORE, id)).toEqual(diverged);
});

test("weights with another hash than the record's are refused, and so is another run", async () => {
  const changed = run.weights.with(10, (run.weights[10] as number) ^ 1);
  serving({ [`${STORE}/${id}`]: stringifyJson(run.record), [`${STORE}/${id}/weights`]: new Uint8Array(changed) });
  await expect(fetchStoredRun(STORE, id)).rejects.toThrow(`the weights of run ${id} came damaged`);
  serving({ [`${STORE}/0123456789abcdef`]: stringifyJson(run.record) });
  await expect(fetchStoredRecord(STORE, "0123456789abcdef")).rejects.toThrow(`has sent run ${id} for run 0123456789`);
});

test("a run that is not there: the server's reason", async () => {
  serving({});
  await expect(fetchStoredRun(STORE, "nothing/../else")).rejects.toThrow("no finished run");
});
