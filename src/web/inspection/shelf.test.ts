import { expect, test } from "vitest";
import { finish, smallJob, startJob } from "../../../test/support/jobs.js";
import { kernelsFrom, newKernels } from "../../../test/support/kernels.js";
import { MOST_MEMORY } from "../../core/engine/kernels.js";
import { MOST_AT_ONCE, Shelf } from "./shelf.js";

const runs = [1, 2].map((seed) => finish(startJob(smallJob("one-by-one", { epochs: 1 }, seed))));
const image = (value: number) => new Float32Array(14 * 14).fill(value);

test("networks of several runs share a memory and answer as they do alone", () => {
  const together = new Shelf(newKernels());
  for (const run of runs) together.put(run);
  const answers = runs.map((run) => {
    const alone = new Shelf(newKernels());
    alone.put(run);
    return alone.inspector(run.record.id).decide(image(200), image(0));
  });
  const again = () => runs.map(({ record }) => together.inspector(record.id).decide(image(200), image(0)));
  expect(again()).toEqual(answers);
  expect(answers[0]).not.toEqual(answers[1]);
  expect(again()).toEqual(answers);
});

test("more networks than fit at once take turns", () => {
  const shelf = new Shelf(newKernels());
  const [run] = runs;
  if (!run) throw new Error("there are runs");
  const ids = Array.from({ length: MOST_AT_ONCE + 1 }, (_, i) => `run ${i}`);
  for (const id of ids) shelf.put({ ...run, record: { ...run.record, id } });
  const said = ids.map((id) => shelf.inspector(id).decide(image(200), image(0)).probability);
  expect(new Set(said).size).toBe(1);
  expect(shelf.inspector(ids[0] as string).decide(image(200), image(0)).probability).toBe(said[0]);
});

test("a network for which the others have left no room takes theirs", () => {
  const shelf = new Shelf(kernelsFrom(MOST_MEMORY - 2 ** 22, 2 ** 22));
  const [run] = runs;
  if (!run) throw new Error("there are runs");
  const ids = Array.from({ length: 12 }, (_, i) => `run ${i}`);
  for (const id of ids) shelf.put({ ...run, record: { ...run.record, id } });
  const said = ids.map((id) => shelf.inspector(id).decide(image(200), image(0)).probability);
  expect(new Set(said).size).toBe(1);
});

test("a run that was dropped is not here any more", () => {
  const shelf = new Shelf(newKernels());
  for (const run of runs) shelf.put(run);
  const [first, second] = runs.map(({ record }) => record.id) as [string, string];
  shelf.inspector(first);
  shelf.drop([first]);
  expect(() => shelf.inspector(first)).toThrow(`run ${first} is not here`);
  shelf.inspector(second);
});

test.each(["one-by-one", "quick", "weight-sharing-auxiliary"])(
  "what %s takes a digit for does not depend on the other image, not even on a blank one",
  (name) => {
    const shelf = new Shelf(newKernels());
    const run = finish(startJob(smallJob(name, { epochs: 1 }, 1)));
    shelf.put(run);
    const inspector = shelf.inspector(run.record.id);
    const beside = (other: Float32Array) => inspector.decide(image(200), other).beliefs?.[0];
    expect(beside(image(0))).toHaveLength(10);
    for (const other of [120, 200]) expect(beside(image(other))).toEqual(beside(image(0)));
    // The other place has a belief of its own, as blind to the first.
    expect(inspector.decide(image(0), image(200)).beliefs?.[1]).toEqual(beside(image(0)));
  },
);
