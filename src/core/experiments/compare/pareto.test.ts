import { expect, test } from "vitest";
import { paretoFront } from "./pareto.js";

const named = (name: string, cost: number, error: number) => ({ name, cost, error });
const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name).join(" ");

test("what is beaten in one respect and not better in the other does not belong", () => {
  const items = [
    named("slow", 60, 0.005),
    named("quick", 1, 0.2),
    named("beaten", 5, 0.15),
    named("better", 4, 0.1),
    named("as good but dearer", 6, 0.1),
    named("as dear but worse", 4, 0.12),
  ];
  expect(names(paretoFront(items))).toBe("quick better slow");
});

test("equal ones all belong, and so does a single one", () => {
  expect(names(paretoFront([named("a", 1, 0.1), named("b", 1, 0.1)]))).toBe("a b");
  expect(names(paretoFront([named("a", 1, 0.1)]))).toBe("a");
  expect(paretoFront([])).toEqual([]);
});
