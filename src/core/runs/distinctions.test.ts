import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntheticReproduction } from "../../../test/support/reproduction.js";
import { addArchitectures, flatten, linear, type RunConfig, type RunRecord } from "../index.js";
import { distinctions } from "./distinctions.js";
import { groupRuns } from "./groups.js";

const { records } = syntheticReproduction({ rounds: 1 });
const [mlp] = records as [RunRecord];
const other = records.find(({ architecture }) => architecture === "weight-sharing-auxiliary") as RunRecord;
const changed = (changes: Partial<RunConfig>, of = mlp) => ({ ...of, config: { ...of.config, ...changes } });
const words = (...groups: Parameters<typeof distinctions>[0]) => distinctions(groups).map((each) => each.join(", "));

describe("settings in words", () => {
  it("are none where they are the architecture's own", () => {
    expect(distinctions(records)).toEqual(records.map(() => []));
  });

  it.each<[Partial<RunConfig>, string]>([
    [{ epochs: 3 }, "epochs 3"],
    [{ dropout: 0.2, learningRate: 0.01 }, "learning rate 0.01, dropout 0.2"],
    [{ evaluateOn: "validation" }, "on validation pairs"],
    [{ evaluate: "end", batchSize: 10 }, "batch size 10, evaluated at the end"],
    [{ trainPairs: 200, testPairs: 10 }, "training pairs 200, test pairs 10"],
    [{ engine: { ...mlp.config.engine, simd: "fused" } }, "fused SIMD"],
    [{ dataset: { name: "fashion", sha256: "0" } }, "images fashion"],
    [{ network: { ...mlp.config.network, trunks: "separate" } }, "separate trunks"],
    [{ network: { ...mlp.config.network, head: [] } }, "other layers"],
    [{ network: { ...mlp.config.network, auxiliaryWeight: 2 } }, "auxiliary weight 2"],
    [{ network: { ...mlp.config.network, pairWeight: 0.5 } }, "pair weight 0.5"],
    [{ labelSmoothing: 0.1, views: "shifts" }, "label smoothing 0.1, views shifts"],
    [{ optimizer: "sgd", momentum: 0.5, nesterov: true }, "optimizer sgd, 0.5 momentum, Nesterov's momentum"],
    [{ optimizer: "lion", weightDecay: 0.1 }, "optimizer lion, 0.1 weight decay"],
    [{ schedule: "one-cycle", weightAverage: 0.9 }, "one-cycle learning rate, weight average 0.9"],
    [{ clipNorm: 1 }, "clipping at 1"],
    [
      { augmentation: { rotation: 5, noise: 3 }, pairing: "swapped" },
      "augmentation rotation ±5°, noise 3 grey levels, pairs swapped",
    ],
  ])("%j: %s, beside the own ones and alone", (changes, text) => {
    expect(words(changed(changes))).toEqual([text]);
    expect(words(mlp, changed(changes), other)).toEqual(["", text, ""]);
  });

  it("are those that differ, where a network of one's own has changed and fits these images no longer", () => {
    addArchitectures([{ name: "changed-since", head: [flatten(), linear(3)] }]);
    const run = { ...mlp, architecture: "changed-since" };
    expect(words(run)).toEqual([""]);
    expect(words(run, { ...changed({ epochs: 3 }), architecture: "changed-since" })).toEqual(["epochs 25", "epochs 3"]);
  });

  it("name the engine's version where it differs, and its kernels where the version does not say which", () => {
    const { engine } = mlp.config;
    const newer = changed({ engine: { ...engine, version: "9.0.0", kernels: "1".repeat(64) } });
    expect(words(newer)).toEqual([""]);
    expect(words(mlp, newer, other)).toEqual(["pairlab 0.1.0", "pairlab 9.0.0", ""]);
    const patched = changed({ engine: { ...engine, kernels: "1".repeat(64) } });
    expect(words(mlp, patched)).toEqual(["kernels 7d7d7d7d", "kernels 11111111"]);
  });

  it("tell data sets of one name apart by their digests", () => {
    const [one, two] = ["1", "2"].map((digit) => changed({ dataset: { name: "own", sha256: digit.repeat(64) } }));
    expect(words(one as RunRecord, two as RunRecord)).toEqual(["images own 11111111", "images own 22222222"]);
  });

  it("of an unknown architecture are those that differ, and those that no architecture has of its own", () => {
    const unknown = (changes: Partial<RunConfig>) => ({ ...changed(changes, other), architecture: "trunk+magic" });
    expect(words(unknown({ epochs: 3 }))).toEqual([""]);
    expect(words(unknown({ epochs: 3 }), unknown({ epochs: 4, evaluateOn: "validation" }))).toEqual([
      "epochs 3",
      "epochs 4, on validation pairs",
    ]);
  });

  it("are never the same for groups of one architecture", () => {
    const value = {
      epochs: fc.constantFrom(1, 25),
      dropout: fc.constantFrom(0.5, 0.2),
      evaluateOn: fc.constantFrom("test" as const, "validation" as const),
      schedule: fc.constantFrom("step" as const, "cosine" as const),
      weightDecay: fc.constantFrom(0, 0.1),
      network: fc.constantFrom(mlp.config.network, other.config.network, { ...mlp.config.network, head: [] }),
      engine: fc.record({
        version: fc.constantFrom("0.1.0", "0.2.0"),
        simd: fc.constantFrom("base" as const, "fused" as const),
        kernels: fc.constantFrom("1".repeat(64), "2".repeat(64)),
      }),
      dataset: fc.record({
        name: fc.constantFrom("MNIST", "own"),
        sha256: fc.constantFrom("1".repeat(64), "2".repeat(64)),
      }),
    };
    // An optional setting may be missing.
    const requiredKeys: (keyof typeof value)[] = ["epochs", "dropout", "evaluateOn", "network", "engine", "dataset"];
    const run = fc.record({
      architecture: fc.constantFrom("mlp", "unheard-of"),
      changes: fc.record(value, { requiredKeys }),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
        const groups = groupRuns(runs.map(({ architecture, changes }) => ({ ...changed(changes), architecture })));
        const rows = distinctions(groups).map((each, i) => `${groups[i]?.architecture}: ${each.join(", ")}`);
        expect(new Set(rows).size).toBe(groups.length);
      }),
    );
  });
});
