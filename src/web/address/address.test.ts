import fc from "fast-check";
import { expect, test } from "vitest";
import { OPTIMIZERS } from "../../core/engine/optimizers/registry.js";
import { findArchitecture, flatten, linear, relu } from "../../core/index.js";
import {
  asksNothing,
  formatAddress,
  HIDEABLE,
  HINTS,
  LONGEST,
  leftOut,
  opensOnly,
  readAddress,
  START,
  TOUR_STEPS,
  VIEWS,
} from "./address.js";

test("an empty address is the paper's networks, as it trains them", () => {
  expect(readAddress("")).toEqual({ address: START, problems: [] });
  expect(readAddress("#/")).toEqual({ address: START, problems: [] });
});

test("a written address reads as it was", () => {
  const names = [
    "mlp",
    "one-by-one",
    "best",
    "trunk+sharing+rule+auxiliary".replace("+rule+auxiliary", "+auxiliary+rule"),
  ];
  fc.assert(
    fc.property(
      fc.record({
        view: fc.constantFrom(...VIEWS),
        networks: fc.uniqueArray(fc.constantFrom(...names)),
        own: fc.constant([]),
        seed: fc.nat(1_000_000_000),
        rounds: fc.integer({ min: 1, max: 30 }),
        settings: fc.record(
          {
            epochs: fc.integer({ min: 1, max: 100_000 }),
            learningRate: fc.double({ min: 1e-9, max: 100, noNaN: true }),
            dropout: fc.constantFrom(0, 0.25, 0.999),
            optimizer: fc.constantFrom(...OPTIMIZERS),
            trainPairs: fc.integer({ min: 1, max: 30_000 }),
            balance: fc.boolean(),
            split: fc.constantFrom("images", "classes"),
            reuse: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        run: fc.constant("0123456789abcdef"),
        pair: fc.nat(4999),
        hint: fc.constantFrom(...HINTS),
        at: fc.integer({ min: 1, max: 30_000 }),
        hide: fc.subarray([...HIDEABLE], { minLength: 1 }),
        tour: fc.integer({ min: 1, max: TOUR_STEPS }),
      }),
      (address) => {
        expect(readAddress(formatAddress(address))).toEqual({ address, problems: [] });
      },
    ),
  );
});

test("a longer address is not read: that is said, with what the page starts with", () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `network-${i}`);
  const long = `#/draw?networks=${names.join(",")}`;
  expect(readAddress(long)).toEqual({
    address: START,
    problems: [
      "The link is too long to be read (268,905 characters, at most 10,000): the page starts as without a link, with what is chosen below",
    ],
  });
  expect([long, "", "#", "#/"].map(asksNothing)).toEqual([true, true, true, true]);
  expect(asksNothing("#/train")).toBe(false);
  expect(["", "#", "#/", "#/train"].map(opensOnly)).toEqual([true, true, true, true]);
  expect([long, "#/draw", "#/train?networks=mlp", "#/train?"].map(opensOnly)).toEqual([false, false, false, false]);
  const some = readAddress(`#/draw?networks=mlp,${names.slice(0, 500).join(",")}`);
  expect(some.address).toEqual({ ...START, view: "draw", networks: ["mlp"] });
  expect(some.problems).toHaveLength(11);
  expect(some.problems.at(-1)).toBe("In the address: 490 more like these");
});

test.each(["0x10", "1e1", "10.0", " 10", "+10", "1_0", "１０"])(
  "epochs=%s is not a whole number, as on the command line",
  (text) => {
    const { address, problems } = readAddress(`#/train?epochs=${encodeURIComponent(text)}`);
    expect(address).toEqual(START);
    expect(problems).toEqual([`In the address: Epochs must be a whole number from 1 to 100000, not "${text}"`]);
  },
);

test("a trunk's name may have its plus as the command line has it", () => {
  expect(readAddress("#/train?networks=mlp,trunk+sharing").address.networks).toEqual(["mlp", "trunk+sharing"]);
});

test("the address has the command line's names", () => {
  const settings = { learningRate: 0.01, trainPairs: 500, optimizer: "lion" } as const;
  expect(formatAddress({ ...START, networks: ["mlp", "trunk+rule"], settings })).toBe(
    "#/train?networks=mlp,trunk%2Brule&seed=0&rounds=1&learning-rate=0.01&pairs=500&optimizer=lion",
  );
});

test.each([
  ["#/train?networks=mlp,mpl", 'In the address: unknown architecture "mpl": did you mean mlp?'],
  ["#/train?weight-decay=0.1", "In the address: weight-decay means nothing here; choose from networks, seed,"],
  ["#/nowhere", 'In the address: there is no view "nowhere": there are train, worth, inside, draw, pictures, runs'],
  [
    "#/worth?hint=luck",
    'In the address: hint must be one of convolution, weight-sharing, auxiliary-loss, comparison-rule, not "luck"',
  ],
  ["#/worth?at=0", "In the address: at must be a whole number from 1 to "],
  ["#/train?rounds=31", 'In the address: rounds must be a whole number from 1 to 30, not "31"'],
  ["#/train?seed=-1", 'In the address: seed must be a whole number from 0 to 9007199254640991, not "-1"'],
  ["#/train?epochs=0", 'In the address: Epochs must be a whole number from 1 to 100000, not "0"'],
  ["#/train?learning-rate=0", 'In the address: Learning rate must be a number above 0 and at most 100, not "0"'],
  ["#/train?dropout=1", 'In the address: Dropout rate must be a number at least 0 and below 1, not "1"'],
  ["#/train?hide=pads", 'In the address: hide has no part "pads": there are settings, others, own, runs'],
  ["#/train?tour=7", 'In the address: tour must be a whole number from 1 to 6, not "7"'],
  ["#/train?tour=0", 'In the address: tour must be a whole number from 1 to 6, not "0"'],
  [
    "#/train?optimizer=adamm",
    'In the address: Optimizer must be one of adam, adamw, sgd, rmsprop, lion, muon, not "adamm"',
  ],
])("%s: what is wrong is said, the rest holds", (hash, problem) => {
  const { address, problems } = readAddress(`${hash}${hash.includes("?") ? "&" : "?"}pairs=77`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
  expect(address.settings.trainPairs).toBe(77);
});

test("a link hides the parts that it names, in one order, and starts the tour", () => {
  const { address, problems } = readAddress("#/train?hide=runs,,settings,runs,all&tour=1");
  expect(problems).toEqual(['In the address: hide has no part "all": there are settings, others, own, runs']);
  expect(address).toEqual({ ...START, hide: ["settings", "runs"], tour: 1 });
  expect(formatAddress(address)).toMatch(/&rounds=1&hide=settings,runs&tour=1$/);
  expect(readAddress("#/train?hide=").address).toEqual(START);
  expect(opensOnly("#/train?tour=1")).toBe(false);
});

const mine = { name: "mine", title: 'mine, & "own"', head: [flatten(), linear(2)], epochs: 3 };
const plain = { name: "plain", trunk: [flatten(), linear(10)] };

test("an address holds its networks that are not pairlab's, and adds them where it is read", () => {
  const address = { ...START, networks: ["mlp", "mine", "plain"], own: [mine, plain] };
  const hash = formatAddress(address);
  expect(decodeURIComponent(hash)).toContain(`&own=${JSON.stringify([mine, plain])}`);
  expect(readAddress(hash)).toEqual({ address, problems: [] });
  expect(findArchitecture("mine")).toMatchObject(mine);
  expect(leftOut(address)).toEqual([]);
  // Names of those that are known are enough; what another address says of them goes before.
  expect(readAddress("#/train?networks=mine").address.own).toEqual([mine]);
  const other = { ...mine, epochs: 4 };
  expect(readAddress(formatAddress({ ...address, own: [other] })).address.own).toEqual([other, plain]);
});

test("a network that is not chosen is known, and not in the next address", () => {
  const { address, problems } = readAddress(`#/train?networks=mlp&own=${JSON.stringify([{ name: "unchosen" }])}`);
  expect(problems).toEqual([]);
  expect(address.own).toEqual([]);
  expect(findArchitecture("unchosen").title).toBe("unchosen");
});

test("networks for which an address has no room are left out, the others not; it is never too long to be read", () => {
  const long = { name: "long", head: [...Array.from({ length: 500 }, () => relu()), flatten(), linear(2)] };
  const address = { ...START, networks: ["long", "plain"], own: [long, plain] };
  expect(leftOut(address)).toEqual(["long"]);
  const hash = formatAddress(address);
  expect(hash.length).toBeLessThanOrEqual(LONGEST);
  expect(readAddress(hash)).toEqual({
    address: { ...address, networks: ["plain"], own: [plain] },
    problems: [expect.stringContaining('unknown architecture "long"')],
  });
});

test.each([
  ["{", "In the address: own is not JSON"],
  ["7", "In the address: own must be a network, an array of networks, or a pairlab.config.json"],
  ["[7]", "In the address: architectures[0] must be an object, not 7"],
  ['[{"name":"mlp"}]', 'In the address: architectures[0].name: pairlab has a network "mlp": choose another name'],
  ['[{"name":"a","__proto__":{}}]', 'In the address: architectures[0]: there is no setting "__proto__"'],
  ['[{"name":"a","head":[{"kind":"linear"}]}]', "In the address: architectures[0].head.0.features is missing"],
  ["[".repeat(9000), "In the address: own is nested deeper than 128 levels"],
])("own=%s: what is wrong is said, the rest holds", (own, problem) => {
  const { address, problems } = readAddress(`#/train?networks=mlp&pairs=77&own=${own}`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
  expect(address).toEqual({ ...START, networks: ["mlp"], settings: { trainPairs: 77 } });
});
