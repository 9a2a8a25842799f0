import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { syntheticAblation } from "../../../../test/support/ablation.js";
import { ablationCellsSvg, ablationEffectsSvg } from "../index.js";

const { document } = parseHTML("<!doctype html><html></html>");
const { ablation } = syntheticAblation();

test("effects of 24 networks over twelve rounds, as the report shows them", async () => {
  await expect(ablationEffectsSvg(ablation, document)).toMatchFileSnapshot("../snapshots/ablate-effects.svg");
});

test("test errors of 24 networks over twelve rounds, as the report shows them", async () => {
  await expect(ablationCellsSvg(ablation, document)).toMatchFileSnapshot("../snapshots/ablate-cells.svg");
});

test("one round has no interval, and every coordinate is a number", () => {
  const { ablation } = syntheticAblation({ rounds: 1 });
  for (const svg of [ablationEffectsSvg(ablation, document), ablationCellsSvg(ablation, document)]) {
    expect(svg).toContain("one round");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  }
});

test("each side of zero has room to say what it means", () => {
  const ends = (mean: number) => {
    const effects = ablation.effects.map((effect) => ({ ...effect, mean, ci95: null, perRound: [mean] }));
    const svg = ablationEffectsSvg({ ...ablation, effects }, document);
    return [...svg.matchAll(/<text x="([\d.]+)"[^>]*>(?:←|raises)/g)].map(([, x]) => Number(x));
  };
  // The words are about 110 pixels long.
  for (const mean of [-0.2, 0, 0.2]) {
    const [lowers = 0, raises = 0] = ends(mean);
    expect(lowers).toBeGreaterThan(240 + 110);
    expect(raises).toBeLessThan(740 - 110);
  }
});
