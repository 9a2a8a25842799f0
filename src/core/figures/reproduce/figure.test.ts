import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import type { ReproducedArchitecture } from "../../experiments/reproduce/reproduction.js";
import { figureSvg } from "./figure.js";
import { figuresOf } from "./list.js";

const { document } = parseHTML("<!doctype html><html></html>");
const draw = (architecture: ReproducedArchitecture) => figureSvg(architecture, { document, title: "test" });

function reproduced(options: Parameters<typeof syntheticReproduction>[0] = {}): ReproducedArchitecture {
  const [architecture] = syntheticReproduction({ errors: { mlp: { train: 3, test: 189 } }, ...options }).reproduction
    .architectures;
  if (!architecture) throw new Error("no architecture");
  return architecture;
}

/** The figure of an architecture whose losses on training pairs are these. */
function drawLosses(mean: readonly number[], sd: readonly (number | null)[]): string {
  const architecture = reproduced({ overrides: { epochs: mean.length } });
  return draw({ ...architecture, curves: { ...architecture.curves, trainLoss: { mean, sd } } });
}

test("Figure 1, as the report shows it", async () => {
  const svg = figureSvg(reproduced(), { document, title: "MLP", number: 1 });
  await expect(svg).toMatchFileSnapshot("../snapshots/figure-1-mlp.svg");
});

test("one epoch of three rounds: dots with bars", async () => {
  await expect(draw(reproduced({ overrides: { epochs: 1 } }))).toMatchFileSnapshot("../snapshots/one-epoch.svg");
});

test("one round: lines without a band", () => {
  const svg = draw(reproduced({ rounds: 1 }));
  expect(svg).toMatch(/class="train line"[^>]*><path d="M/);
  expect(svg).not.toMatch(/area"[^>]*><path/);
  expect(svg).toContain("one round");
});

test("the same figure is drawn again, whatever was drawn between", () => {
  const first = draw(reproduced());
  draw(reproduced({ rounds: 1, seed: 9 }));
  expect(draw(reproduced())).toBe(first);
});

test("evaluated only at the end: the last epoch is the one on the axis", () => {
  const architecture = reproduced({ overrides: { epochs: 1 } });
  const svg = draw({ ...architecture, curves: { ...architecture.curves, epoch: [25] } });
  expect(svg).toMatch(/<text[^>]*>25<\/text>/);
});

test("losses that are not numbers leave gaps, and coordinates stay numbers", () => {
  const svg = drawLosses([0.7, Number.NaN, 0.5, Number.POSITIVE_INFINITY], [0.1, Number.NaN, 0.1, Number.NaN]);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  const everywhere = reproduced({ overrides: { epochs: 1 } });
  const nothing = { mean: [Number.NaN], sd: [null] };
  const curves = { ...everywhere.curves, trainLoss: nothing, testLoss: nothing };
  expect(draw({ ...everywhere, curves })).toMatch(/no finite number/);
});

test("losses that explode are written with an exponent", () => {
  const svg = drawLosses([0.7, 2.4e10], [0.1, 1e9]);
  expect(svg).toMatch(/>2\.5e10</);
  expect(drawLosses([0.7, 1e308], [0.1, 1e308])).not.toMatch(/NaN|Infinity/);
});

test("titles are escaped", () => {
  const svg = figureSvg(reproduced(), { document, title: "a < b & c" });
  expect(svg).toContain("<title>a &lt; b &amp; c</title>");
});

test("the paper's figures come first, in its order, then what it has no figure for", () => {
  const { reproduction } = syntheticReproduction();
  const reversed = { ...reproduction, architectures: reproduction.architectures.toReversed() };
  expect(figuresOf(reversed).map(({ fileName, title }) => [fileName, title])).toEqual([
    ["figure-1-mlp.svg", "MLP"],
    ["figure-2-simple-cnn.svg", "simple CNN"],
    ["figure-3-weight-sharing.svg", "weight sharing"],
    ["figure-4-weight-sharing-auxiliary.svg", "weight sharing + auxiliary loss"],
    ["figure-one-by-one.svg", "Beyond the paper: one-by-one"],
  ]);
});
