import { describe, expect, test } from "vitest";
import { PARTS } from "../../fuzz/parts/index.js";
import { ReadyPart } from "../../fuzz/trial.js";

/** Of a part; fewer of those that write files, so that all take about 5 s. `npm run fuzz` tries hundreds of thousands. */
const INPUTS = 60;
const SEED = 20_261_129;

describe("inputs of all forms are taken rightly or refused with one line", () => {
  test.each(PARTS.map(({ name, weight }) => [name, weight] as const))("%s", async (name, weight) => {
    const part = await ReadyPart.open(name);
    const counts = { accepted: 0, refused: 0, finding: 0 };
    for (let index = 0; index < INPUTS / weight; index++) {
      const { outcome, what } = await part.try(part.input(SEED, index), { timed: false });
      expect(what, `npm run fuzz -- --only "${name}" --seed ${SEED} --from ${index} --inputs 1`).toBeUndefined();
      counts[outcome]++;
    }
    // Inputs that are all refused, or all taken, would try little.
    expect(counts.accepted).toBeGreaterThan(0);
    expect(counts.refused).toBeGreaterThan(0);
    await part.close();
  });
});

test("the same seed gives the same inputs, another one others", async () => {
  for (const name of ["safetensors", "--where", "command line"]) {
    const part = await ReadyPart.open(name);
    const inputs = (seed: number) =>
      Array.from({ length: 2 }, (_, i) => Buffer.from(part.input(seed, i)).toString("hex"));
    expect(inputs(3)).toEqual(inputs(3));
    expect(inputs(3)).not.toEqual(inputs(4));
    await part.close();
  }
});
