import { expect, test } from "vitest";
import { PAPER_NETWORKS } from "../../src/core/architectures/registry.js";
import { usePages } from "./support/pages.js";
import type { Visitor } from "./support/visitor.js";

const pages = usePages({ images: "few" });

/** What is chosen in the view Train, as it stands there. */
const chosen = ({ page }: Visitor) =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll(".fields .field")].map((field) => [
      field.querySelector("label")?.textContent ?? "",
      field.querySelector<HTMLInputElement | HTMLSelectElement>("input, select")?.value ?? "",
    ]);
    const checked = [...document.querySelectorAll<HTMLInputElement>(".rung input:checked")];
    return {
      view: document.querySelector("nav [aria-current]")?.textContent,
      networks: checked.map(({ name }) => name),
      fields: Object.fromEntries(fields.filter(([, value]) => value !== "")) as Record<string, string>,
    };
  });

test("a link opens the same page: networks, seeds, settings and view", async () => {
  const sender = await pages.visitor();
  await sender.open("#/train?networks=mlp");
  await sender.press("one-by-one", "checkbox");
  await sender.openSettings();
  await sender.fill("First seed", "7");
  await sender.fill("Rounds", "4");
  await sender.fill("Epochs", "9");
  await sender.fill("Learning rate", "0.01");
  await sender.page.select("#optimizer", "sgd");
  const known = {
    view: "Train",
    networks: ["mlp", "one-by-one"],
    fields: { "First seed": "7", Rounds: "4", Epochs: "9", "Learning rate": "0.01", Optimizer: "sgd" },
  };
  await expect.poll(() => chosen(sender)).toEqual(known);
  // Those that the paper does not have are folded away until one is chosen.
  await sender.click(".more > summary");
  await sender.fill("Another by its name", "trunk+sharing+auxiliary+rule");
  await sender.press("Add");
  const all = { ...known, networks: [...known.networks, "trunk+sharing+auxiliary+rule"] };
  await sender.until(() => document.querySelectorAll(".rung input:checked").length === 3);
  await expect.poll(() => chosen(sender)).toEqual(all);

  const receiver = await pages.visitor();
  await receiver.open(await sender.address());
  await expect.poll(() => chosen(receiver)).toEqual(all);
  await receiver.press("Draw", "link");
  await receiver.sees("Draw two digits");
  const another = await pages.visitor();
  await another.open(await receiver.address());
  await another.sees("Draw two digits");
  await another.press("Train", "link");
  await another.sees("How much is each hint worth?");
  await expect.poll(() => chosen(another)).toEqual(all);
});

test("what a link has wrong is said, and the rest of it holds", async () => {
  const visitor = await pages.visitor();
  await visitor.open("#/train?networks=quick&seed=2");
  await visitor.turnTo("#/train?networks=mlp,perceptron&seed=-1&rounds=5&epochs=many&optimizer=sgd");
  await visitor.sees("In the address");
  const problems = await visitor.texts("main > .problem");
  expect(problems).toHaveLength(3);
  expect(problems.join("\n")).toMatch(/^In the address: unknown architecture "perceptron"\. There are mlp, /m);
  expect(problems).toContain('In the address: Epochs must be a whole number from 1 to 100000, not "many"');
  expect(problems).toContain('In the address: seed must be a whole number from 0 to 9007199254640991, not "-1"');
  await expect
    .poll(() => chosen(visitor))
    .toEqual({
      view: "Train",
      networks: ["mlp"],
      fields: { "First seed": "0", Rounds: "5", Optimizer: "sgd" },
    });

  await visitor.turnTo("#/nowhere?networks=mlp&rounds=5");
  await visitor.sees('there is no view "nowhere": there are train, worth, inside, draw, pictures, runs');
  expect((await chosen(visitor)).view).toBe("Train");
  // A choice by hand is an address without mistakes again.
  await visitor.fill("First seed", "3");
  await visitor.until(() => !document.querySelector(".problem"));
});

test("a link that is too long to be read is said to be so, and the page starts as without it", async () => {
  const visitor = await pages.visitor();
  const long = `#/draw?networks=mlp&own=${"x".repeat(10_000)}`;
  await visitor.go(long);
  await visitor.sees(
    /The link is too long to be read \(10,02\d characters, at most 10,000\): the page starts as without a link, with what is chosen below/,
  );
  const { view, networks } = await chosen(visitor);
  expect({ view, networks }).toEqual({ view: "Train", networks: [...PAPER_NETWORKS] });
  expect(await visitor.texts("main > .problem")).toHaveLength(1);
});

test("back and forward go from view to view, with what was chosen in between", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await visitor.open("#/train?networks=mlp&rounds=1");
  await visitor.openSettings();
  await visitor.fill("First seed", "11");
  await visitor.press("Draw", "link");
  await visitor.sees("Draw two digits");
  expect(await page.title()).toBe("Draw · pairlab");
  await page.goBack();
  await visitor.sees("How much is each hint worth?");
  await visitor.openSettings();
  await expect.poll(async () => (await chosen(visitor)).fields["First seed"]).toBe("11");
  await page.goForward();
  await visitor.sees("Draw two digits");
  await visitor.press("Train", "link");
  await visitor.sees("How much is each hint worth?");
  expect((await chosen(visitor)).networks).toEqual(["mlp"]);
});
