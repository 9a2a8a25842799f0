import { chooseImages, trainedImages } from "../../data/pools.js";
import { pairRulesOf } from "../../training/job.js";
import type { MeasuredRun } from "./all-test-pairs.js";
import type { Apparatus } from "./apparatus.js";

/** Runs whose verdicts on test pairs are known, with the images of these pairs. A seed says them; nothing else is read. */
export function withDrawnImages(
  records: readonly MeasuredRun[],
  { dataset }: Pick<Apparatus, "dataset">,
): MeasuredRun[] {
  const kept = new Map<string, Uint32Array>();
  const drawnOnce = (key: unknown, draw: () => ArrayLike<number>): Uint32Array => {
    const text = JSON.stringify(key);
    const found = kept.get(text) ?? Uint32Array.from(draw());
    kept.set(text, found);
    return found;
  };
  return records.map((record) => {
    const { seed, config, allTestPairs } = record;
    if (!allTestPairs?.wrong || config.evaluateOn !== "test") return record;
    const rules = pairRulesOf(config);
    const of = config.split === "classes" ? "classes" : "images";
    const { relation, balance, split, reuse, trainPairs } = rules;
    // Fewer training pairs are the first of more, and the relation counts only where answers are balanced.
    const by = [seed, rules.dataSeed, balance, split, reuse, balance ? relation.name : ""];
    const tested = drawnOnce(["test", ...by, allTestPairs.pairs], () => {
      const chosen = chooseImages(dataset, seed, { ...rules, trainPairs: 0, testPairs: allTestPairs.pairs }).measured;
      return of === "classes" ? chosen.numbers.map((image) => chosen.from.labels[image] as number) : chosen.numbers;
    });
    const trained = drawnOnce(["training", ...by, trainPairs], () => {
      const images = trainedImages(dataset, seed, rules);
      return of === "classes" ? [...new Set(images.map((image) => dataset.train.labels[image] as number))] : images;
    });
    return { ...record, drawn: { of, tested, trained } };
  });
}
