import { describe, expect, test } from "vitest";
import { digits, learnedALittle } from "../../../test/support/digits.js";
import { newKernels } from "../../../test/support/kernels.js";
import { type Pairs, samplePairSet } from "../data/index.js";
import { PassingPairs } from "../engine/index.js";
import { decisions } from "../inspection/index.js";
import { DIGIT_PAIRS, type InputSpec } from "../network/index.js";
import { placeNetwork } from "../network/place-network.js";
import { trainedNetwork } from "../training/index.js";
import { findArchitecture } from "./index.js";

/** The same pairs with their images in the other order. */
function swapped(pairs: Pairs): Pairs {
  const size = pairs.images.length / pairs.count / 2;
  const images = pairs.images.slice();
  const classes = pairs.classes.slice();
  for (let pair = 0; pair < pairs.count; pair++)
    for (const side of [0, 1]) {
      const [from, to] = [2 * pair + side, 2 * pair + 1 - side];
      images.set(pairs.images.subarray(from * size, (from + 1) * size), to * size);
      classes[to] = pairs.classes[from] as number;
    }
  return { ...pairs, images, classes };
}

describe("when the two images of a pair are swapped", async () => {
  const { test: pairs } = samplePairSet(await digits(), 5, { trainPairs: 1, testPairs: 203 });
  const answersOf = async (name: string) => {
    const network = trainedNetwork(await learnedALittle(name), newKernels());
    return [pairs, swapped(pairs)].map((asked) => ({
      ...decisions(network, asked),
      logits: network.model.outputs(new PassingPairs(asked, network.scale)).answers ?? new Float32Array(),
    })) as [Answers, Answers];
  };
  type Answers = ReturnType<typeof decisions> & { readonly logits: Float32Array };

  test("matching answers with the same bits", async () => {
    const [there, back] = await answersOf("matching");
    expect(new Set(there.probabilities).size).toBeGreaterThan(100);
    expect(back).toEqual(there);
  });

  test("ranking's logit has the other sign, to the last bit, and its probabilities add up to 1", async () => {
    const [there, back] = await answersOf("ranking");
    expect(new Set(there.logits).size).toBeGreaterThan(100);
    expect(back.logits.map((logit) => 0 - logit)).toEqual(there.logits);
    const furthest = Math.max(
      ...there.probabilities.map((p, pair) => Math.abs(p + Number(back.probabilities[pair]) - 1)),
    );
    // Each of the two is rounded by itself, to 53 bits.
    expect(furthest).toBeLessThanOrEqual(2 ** -52);
    expect(there.holds.map((holds) => 1 - holds)).toEqual(back.holds);
  });

  test("weight sharing, whose head sees them side by side, answers otherwise", async () => {
    const [there, back] = await answersOf("weight-sharing");
    expect(back.probabilities).not.toEqual(there.probabilities);
  });
});

describe.each(["matching", "ranking"])("%s", (name) => {
  const network = findArchitecture(name);

  test.each<[string, InputSpec]>([
    ["MNIST's", DIGIT_PAIRS],
    ["in colour, oblong, of many classes", { height: 24, width: 40, channels: 3, classes: 200 }],
    ["of as many classes as it has features", { ...DIGIT_PAIRS, classes: 64 }],
  ])("takes images %s", (_, input) => {
    const { trunks, head } = placeNetwork(network, input);
    expect(trunks[0]?.[0]?.input.channels).toBe(input.channels);
    expect(head.at(-1)?.output.channels).toBe(2);
  });

  test("needs no classes: nothing learns from them", () => {
    expect(placeNetwork(network, DIGIT_PAIRS)).toMatchObject({ auxiliaryWeight: 0, hasDigits: false });
  });
});
