import { expect, test } from "vitest";
import { asDiverged } from "../../../test/support/diverged.js";
import { finish, smallJob, startJob } from "../../../test/support/jobs.js";
import { checkedRun, type WrittenRun, writtenRun } from "./checked-run.js";

const { record, weights } = finish(startJob(smallJob("quick", { epochs: 2 })));
const { id } = record;
const written = await writtenRun({ record, weights: new Blob([weights]) });
const changed = (changes: object): WrittenRun => ({
  ...written,
  record: JSON.stringify({ ...JSON.parse(written.record), ...changes }),
});

test("a run comes back as it was written, to the last bit", async () => {
  const run = await checkedRun(id, written);
  expect(run.record).toEqual(record);
  expect(new Uint8Array(await run.weights.arrayBuffer())).toEqual(weights);
});

test("so does one that diverged, whose errors are not numbers", async () => {
  const lost = asDiverged(record);
  const run = await checkedRun(id, await writtenRun({ record: lost, weights: new Blob([weights]) }));
  expect(run.record).toEqual(lost);
  expect(run.record.testError).toBeNaN();
});

test.each<[string, unknown, RegExp]>([
  ["nothing", undefined, /^a kept run must be|a kept run is missing/],
  ["a text", "mlp", /^a kept run must be an object/],
  ["weights of another kind", { ...written, weights: "AAAA" }, /weights must be bytes/],
  ["a record that is no JSON", { ...written, record: "{" }, /JSON/],
  ["a record without its epochs", changed({ epochs: undefined }), /^record\.epochs/],
  [
    "an error above all pairs",
    changed({ testError: 1.5 }),
    /^record\.testError must be a number from 0 to 1, not 1\.5/,
  ],
  ["another seed than its id's", changed({ seed: 9 }), /^job ".*" was changed/],
  ["other settings than its id's", changed({ config: { ...record.config, epochs: 3 } }), /^job ".*" was changed/],
])("%s is refused in one line", async (_, given, why) => {
  await expect(checkedRun(id, given)).rejects.toThrow(why);
});

test("weights with one other bit are refused", async () => {
  const other = weights.slice();
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  await expect(checkedRun(id, { ...written, weights: other })).rejects.toThrow(`the weights of run ${id} are damaged`);
});

test("a run under another's id is refused", async () => {
  await expect(checkedRun("0".repeat(16), written)).rejects.toThrow(`run ${id} is kept as run ${"0".repeat(16)}`);
});
