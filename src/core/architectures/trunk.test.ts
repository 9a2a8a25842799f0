import { describe, expect, it } from "vitest";
import { InvalidRequest } from "../errors.js";
import { DIGIT_PAIRS } from "../network/index.js";
import { layersOf, parameterCount } from "../network/network.js";
import { placeNetwork } from "../network/place-network.js";
import { architectures, findArchitecture, trunkArchitecture, trunkArchitectures, trunkName } from "./index.js";

const placed = (name: string) => placeNetwork(findArchitecture(name), DIGIT_PAIRS);
const kinds = (name: string) => {
  const { trunk, head } = findArchitecture(name);
  return [...trunk, ...head].map(({ kind }) => kind);
};

/** Weights and biases of the trunk: convolutions of 5×5 and 2×2, linear layers of 256 → 128 → 10. */
const TRUNK = 32 * 25 + 32 + (64 * 32 * 4 + 64) + (128 * 256 + 128) + (10 * 128 + 10);
/** γ and β of its two batch norms. */
const BATCH_NORM = 2 * 32 + 2 * 64;
/** Linear layers of 20 → 200 → 200 → 2. */
const HEAD = 200 * 20 + 200 + (200 * 200 + 200) + (2 * 200 + 2);

it.each([
  ["trunk", 2 * TRUNK + HEAD],
  ["trunk+sharing", TRUNK + HEAD],
  ["trunk+auxiliary+batch-norm+dropout", 2 * (TRUNK + BATCH_NORM) + HEAD],
  ["trunk+sharing+auxiliary+batch-norm+dropout", 88_268],
  ["trunk+auxiliary+rule", 2 * TRUNK],
  ["trunk+sharing+auxiliary+dropout+rule", TRUNK],
])("%s has %d parameters", (name, parameters) => {
  expect(parameterCount(placed(name))).toBe(parameters);
});

it("with all hints but the rule it is weight sharing with auxiliary loss", () => {
  const { name, title, paper, ...network } = findArchitecture("weight-sharing-auxiliary");
  expect(findArchitecture("trunk+sharing+auxiliary+batch-norm+dropout")).toEqual({
    ...network,
    name: "trunk+sharing+auxiliary+batch-norm+dropout",
    title: "trunk with sharing, auxiliary loss, batch norm, dropout",
    trunks: "shared",
  });
});

it("with the auxiliary loss, the rule and sharing it has one-by-one's layers but for dropout", () => {
  expect(kinds("trunk+sharing+auxiliary+rule")).toEqual(kinds("one-by-one").filter((kind) => kind !== "dropout"));
});

describe("each hint changes one thing", () => {
  it("sharing: the two trunks' weights", () => {
    const [shared, separate] = [placed("trunk+sharing"), placed("trunk")];
    const names = (part: string) => shared.trunks[0]?.map(({ name }) => name.replace("trunk", part)) ?? [];
    const head = shared.head.map(({ name }) => name);
    expect(layersOf(separate).map(({ name }) => name)).toEqual([...names("first"), ...names("second"), ...head]);
  });

  it("auxiliary: the weight of the digits' loss", () => {
    const { name, title, ...without } = findArchitecture("trunk+dropout");
    expect(findArchitecture("trunk+auxiliary+dropout")).toMatchObject({ ...without, auxiliaryWeight: 0.5 });
    expect(without.auxiliaryWeight).toBe(0);
  });

  it.each(["batch-norm", "dropout"])("%s: those layers", (part) => {
    expect(kinds(`trunk+sharing+${part}`).filter((kind) => kind !== part)).toEqual(kinds("trunk+sharing"));
    expect(kinds("trunk+sharing")).not.toContain(part);
    expect(kinds(`trunk+sharing+${part}`).filter((kind) => kind === part)).toHaveLength(part === "dropout" ? 3 : 2);
  });

  it("rule: no head", () => {
    const [ruled, learnt] = [findArchitecture("trunk+auxiliary+rule"), findArchitecture("trunk+auxiliary")];
    expect(ruled.head).toEqual([]);
    expect(ruled.trunk).toEqual(learnt.trunk);
  });
});

describe("names", () => {
  it("are 24: the rule doubles the half that has the auxiliary loss", () => {
    expect(new Set(trunkArchitectures.map(({ name }) => name)).size).toBe(16 + 8);
    expect(trunkArchitectures).toHaveLength(24);
  });

  it.each(trunkArchitectures.map((architecture) => [architecture.name, architecture] as const))(
    "%s is found, and can be built",
    (name, architecture) => {
      expect(findArchitecture(name)).toEqual(architecture);
      const has = (part: string) => name.split("+").includes(part);
      const hints = {
        sharing: has("sharing"),
        auxiliary: has("auxiliary"),
        batchNorm: has("batch-norm"),
        dropout: has("dropout"),
        rule: has("rule"),
      };
      expect(trunkName(hints)).toBe(name);
      expect(trunkArchitecture(hints)).toEqual(architecture);
      expect(placeNetwork(architecture, DIGIT_PAIRS).hasDigits).toBe(true);
    },
  );

  it("and titles are plain words", () => {
    expect(trunkArchitecture({}).title).toBe("plain trunk");
    expect(trunkArchitecture({ batchNorm: true, sharing: true, auxiliary: true }).title).toBe(
      "trunk with sharing, auxiliary loss, batch norm",
    );
  });

  it("are none of the paper's", () => {
    expect(architectures.map(({ name }) => name).filter((name) => name.startsWith("trunk"))).toEqual([]);
  });

  const NAMES = /a name is trunk, then any of \+sharing \+auxiliary \+batch-norm \+dropout \+rule in this order$/i;
  it.each([
    ["trunk+shring", /^unknown part "shring" of "trunk\+shring": did you mean sharing\? /, NAMES],
    ["trunk+sharing+droput", /^unknown part "droput" of .*: did you mean dropout\? /, NAMES],
    ["turnk+dropout", /^unknown architecture "turnk\+dropout": did you mean trunk\+dropout\? /, NAMES],
    ["trunk+", /^unknown part "" of "trunk\+": /, NAMES],
    ["trunk+trunk", /^unknown part "trunk"/, NAMES],
    ["trunk+auxiliary+sharing", /out of order or repeated: did you mean trunk\+sharing\+auxiliary\?/, NAMES],
    ["trunk+dropout+dropout", /out of order or repeated: did you mean trunk\+dropout\?/, NAMES],
    ["trunk+sharing+rule", /^trunk\+sharing\+rule: the rule compares classes/, /trunk\+sharing\+auxiliary\+rule\?$/],
    ["trunks", /^unknown architecture "trunks"/, NAMES],
  ])("refused: %s", (name, what, right) => {
    for (const said of [InvalidRequest, what, right]) expect(() => findArchitecture(name)).toThrow(said);
  });
});
